"""What an imagined gastteam writes down, in both languages side by side, and how it is dealt with."""

from db.states import NoteKind
from hostdesk.demo.threads import Said

TEXTS: dict[NoteKind, tuple[Said, ...]] = {
    NoteKind.PARTICULARS: (
        Said("Rustige ochtend, vooral krantlezers.", "Quiet morning, mostly people reading the paper."),
        Said("Drukke middag, de grote tafel zat vol.", "Busy afternoon, the big table was full."),
        Said(
            "Twee bezoekers kwamen voor het eerst en bleven eten.",
            "Two visitors came for the first time and stayed to eat.",
        ),
        Said(
            "De sleutel van de sleutelkast hangt weer op zijn plek.",
            "The key of the key cabinet is back in its place.",
        ),
        Said("De ramen aan de straatkant zijn gelapt.", "The windows on the street side were cleaned."),
        Said(
            "Een bezoeker vroeg naar hulp met formulieren; naar het spreekuur verwezen.",
            "A visitor asked for help with forms; told of the advice hour.",
        ),
        Said("De wijkagent kwam een kop koffie drinken.", "The neighbourhood officer dropped in for coffee."),
        Said("Veel regen, weinig aanloop.", "A lot of rain, few people."),
        Said("De planten hebben water gehad.", "The plants were watered."),
        Said("Oude kranten naar de papierbak gebracht.", "Old newspapers taken to the paper bin."),
    ),
    NoteKind.BROKEN: (
        Said("De koffiezetter lekt.", "The coffee machine leaks."),
        Said("Het slot van de achterdeur klemt.", "The lock of the back door jams."),
        Said("Een lamp in de gang doet het niet.", "A lamp in the hall does not work."),
        Said("De poot van een stoel zit los.", "The leg of a chair is loose."),
        Said("De kraan in de keuken druppelt.", "The tap in the kitchen drips."),
        Said("Het alarm piept zonder reden.", "The alarm beeps for no reason."),
    ),
    NoteKind.SHORTAGE: (
        Said("De koffie is bijna op.", "We are nearly out of coffee."),
        Said("Geen theezakjes meer.", "No tea bags left."),
        Said("Toiletpapier bestellen.", "Order toilet paper."),
        Said("De suiker is op.", "The sugar is gone."),
    ),
    NoteKind.HANDOVER: (
        Said("De sleutel ligt bij de buren op nummer 14.", "The key is with the neighbours at number 14."),
        Said(
            "Morgen komt de monteur voor de verwarming, om tien uur.",
            "The engineer comes for the heating tomorrow at ten.",
        ),
        Said("De soep in de koelkast is voor de eettafel.", "The soup in the fridge is for the shared meal."),
        Said(
            "Er staat nog een tas onder de kapstok; niemand heeft hem gemist.",
            "There is a bag under the coat rack; nobody has missed it.",
        ),
    ),
    NoteKind.NOTICE: (
        Said(
            "Volgende week komt de schilder: de gang is dan dicht.",
            "The painter comes next week: the hall is closed then.",
        ),
        Said(
            "De lijst voor het buurtfeest ligt op de balie.",
            "The list for the street party is on the desk.",
        ),
        Said("Vanaf maandag staat de oud-papierbak achter.", "From Monday the paper bin stands at the back."),
    ),
    NoteKind.HAPPY: (
        Said(
            "Twee buren die elkaar nooit spraken, schaken nu samen.",
            "Two neighbours who never spoke now play chess together.",
        ),
        Said(
            "Een bezoeker bracht zelfgebakken taart, voor iedereen.",
            "A visitor brought home-made cake, for everybody.",
        ),
        Said(
            "“Ik kom hier voor het lachen”, zei een bezoeker.",
            "“I come here for a laugh”, a visitor said.",
        ),
        Said(
            "De breiclub gaf sjaals weg aan wie het koud had.",
            "The knitting club gave scarves to who was cold.",
        ),
    ),
    NoteKind.INCIDENT: (
        Said(
            "Ruzie bij de deur; gesust, niemand gewond.",
            "An argument at the door; calmed down, nobody hurt.",
        ),
        Said(
            "Een bezoeker viel over de drempel; pleister gegeven, naar huis gebracht.",
            "A visitor fell over the doorstep; given a plaster and taken home.",
        ),
        Said(
            "Een portemonnee was weg; later onder de bank gevonden.",
            "A purse was missing; found under the couch later.",
        ),
    ),
}

DEALT_WITH: dict[NoteKind, tuple[Said, ...]] = {
    NoteKind.BROKEN: (
        Said("Gemaakt door een buurtbewoner.", "Mended by a neighbour."),
        Said("De monteur is geweest.", "The engineer came."),
        Said("Vervangen uit de kast.", "Replaced from the cupboard."),
    ),
    NoteKind.SHORTAGE: (
        Said("Gehaald bij de winkel.", "Fetched from the shop."),
        Said("Besteld en binnen.", "Ordered and here."),
    ),
    NoteKind.INCIDENT: (
        Said("Besproken met de coördinator.", "Talked over with the coordinator."),
        Said("Gebeld hoe het ging: goed.", "Rang to ask how it went: well."),
    ),
}

WHO_MENDS = Said("Wie mag de koffiezetter laten maken?", "Who may have the coffee machine mended?")
TO_A_HUNDRED = Said("Jullie zelf, tot honderd euro.", "You may, up to a hundred euros.")
