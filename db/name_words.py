"""Names that are words of the language too, in Dutch or in English: without a capital they are mostly that.

Only words that a note may well have in it. Of any other name, the spelling without a capital is the name.
"""

_ALSO_WORDS = """
    al als amber an april arend art as augustus autumn bakker bas beer bel belle ben berg bever bill bloem
    boer bond bont boom bos brand brave bruin carry charity cherry christen christian daar dag daisy dan
    dawn dekker dien dijk dik does door dop drew duif eer eik elf els engel eve even faith fee flip floor
    forest fries gale ginger goud grace grant groen groot guy haan haas hal han harm hart has hazel heer hem
    holly honey honing hoop hope in iris is ivy jade jasmijn jet joke jong joy juli june juni kaars kas kei
    kerk kern kerst kit klaar klaver klein klok koen kok koning koos koster kramer kroon laan land lange las
    leen leeuw lek lelie lente lest lief lies lily linde lis lof lot louter lucht lust maan maart mag man
    margriet mark mat may meer mees meester mei melk melody mercy merel mes mik min mis mol moon munt noor
    noord olijf olive on oom otter pa parel pasen pat patience pearl peer penny pier pit pol pop poppy post
    precious prijs prins puck raven rein rest rich ridder riet rob robijn robin roos ros rose royal ruby
    rust sage schat schipper ser silver slager smit snel staf stam star steen ster sterk stil stille storm
    summer sus taco tak tap tee thee tien til tip ton toon tos trees trui vaan val valk veer vink violet
    viool visser vlinder vos vrede wade wals ward wees welkom wende west wiek wijn wijs wil wilde will
    willow wind winter wit wolf yes zilver zoet zomer zon zus zwaan zwart
"""

ALSO_WORDS = frozenset(_ALSO_WORDS.split())
"""Folded: without capitals and accents."""
