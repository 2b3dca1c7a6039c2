"""From a wish to how many came, without a screen."""

import pytest

from tests.board_commands.stories import BREICLUB, Run, done, facts
from tests.clocks import FakeClock, at


def test_a_wish_is_one_line(run: Run) -> None:
    code, out, err = run("wish", "Samen", "breien", "--theme", "Creatief")
    assert (code, err, out) == (0, "", "Wens w1 staat op het bord.\n")
    assert facts(run, "board") == {
        "wishes": [
            {
                "id": 1,
                "text": "Samen breien",
                "theme": "creatief",
                "state": "received",
                "voiced_at": "2026-11-23T14:07:00+01:00",
                "me_too": 0,
                "activities": [],
                "reason": None,
                "advice": [],
            }
        ],
        "activities": [],
    }


def test_a_like_wish_is_mentioned_beside_the_answer(run: Run) -> None:
    done(run, "wish", "Samen breien")
    code, out, err = run("wish", "Breien leren")
    assert (code, out) == (0, "Wens w2 staat op het bord.\n")
    assert "w1" in err and "Samen breien" in err
    assert {one["id"] for one in facts(run, "wish", "Ik wil breien")["alike"]} == {1, 2}


def test_me_too(run: Run) -> None:
    done(run, "wish", "Samen breien")
    assert "1 buurtbewoner" in done(run, "wish", "--me-too", "1")
    assert facts(run, "wish", "--me-too", "w1") == {"id": 1, "me_too": 2}
    assert len(facts(run, "board")["wishes"]) == 1


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["exploring"], "exploring"),
        (["in", "verkenning"], "exploring"),
        (["In verkenning"], "exploring"),
        (["niet gelukt", "--reason", "geen wol"], "not_feasible"),
        (["not_feasible", "--reason", "geen wol"], "not_feasible"),
    ],
)
def test_a_move_in_either_language(run: Run, words: list[str], state: str) -> None:
    done(run, "wish", "Samen breien")
    done(run, "move", "w1", *words)
    assert facts(run, "board")["wishes"][0]["state"] == state


def test_the_whole_thread(run: Run, clock: FakeClock) -> None:
    done(run, "wish", "Samen breien", "--theme", "creatief")
    done(run, "wish", "Breien leren")
    done(run, "move", "w1", "exploring")
    code, out, err = run(*BREICLUB, "--wish", "1", "--wish", "w2", "--lead", "samen")
    assert (code, err) == (0, "")
    assert "6 bijeenkomsten" in out and "di 24 nov 2026 14:00" in out

    for day, n in (("2026-11-24", 7), ("2026-12-01", 9)):
        clock.go_on_until(at(f"{day} 16:05"))
        number = {"2026-11-24": "1", "2026-12-01": "s2"}[day]
        done(run, "activity", "attend", number, str(n), "--how", "Gezellig")
        assert facts(run, "today")["participations"] == n
        assert facts(run, "today")["visits"] == 0
    done(run, "activity", "cancel", "3", "--reason", "begeleider ziek")

    read = facts(run, "board")
    assert [wish["state"] for wish in read["wishes"]] == ["running", "running"]
    assert [wish["activities"] for wish in read["wishes"]] == [[1], [1]]
    [activity] = read["activities"]
    assert (
        activity["title"],
        activity["theme"],
        activity["state"],
        activity["lead"],
        activity["wishes"],
    ) == (
        "Breiclub",
        "creatief",
        "running",
        "together",
        [1, 2],
    )
    told = [(one["state"], one["participations"]) for one in activity["sessions"]]
    assert told == [("held", 7), ("held", 9), ("cancelled", None)] + [("planned", None)] * 3
    first = activity["sessions"][0]
    assert (first["starts_at"], first["ends_at"], first["lead"], first["how"]) == (
        "2026-11-24T14:00:00+01:00",
        "2026-11-24T16:00:00+01:00",
        "together",
        "Gezellig",
    )
    assert facts(run, "activity", "sessions", "a1") == activity["sessions"]


def test_advice_keeps_who_leads(run: Run, clock: FakeClock) -> None:
    done(run, *BREICLUB)
    done(run, "ask", "Wie", "betaalt?", "--activity", "a1")
    assert "Wie betaalt?" in done(run, "advice")
    assert "advies gevraagd" in done(run, "board")
    clock.go_on(hours=3)
    assert "3 uur" in done(run, "advise", "1", "Het", "buurtfonds.")
    [asked] = facts(run, "advice")
    assert (asked["activity"], asked["answer"], asked["minutes"], asked["read_at"]) == (
        1,
        "Het buurtfonds.",
        180,
        None,
    )
    assert facts(run, "board")["activities"][0]["lead"] == "volunteer"
    assert facts(run, "board")["activities"][0]["advice"] == [1]
    done(run, "advice", "--read", "1")
    assert "buurtfonds" not in done(run, "advice")
    assert "buurtfonds" in done(run, "advice", "--all")


def test_one_session_or_all_that_follow(run: Run) -> None:
    done(run, *BREICLUB)
    done(run, "activity", "move", "2", "--starts", "2026-12-02 15:00")
    days = [one["starts_at"][:16] for one in facts(run, "activity", "sessions", "1")]
    assert days[1:3] == ["2026-12-02T15:00", "2026-12-08T14:00"]
    done(run, "activity", "move", "3", "--starts", "2026-12-09 10:00", "--ends", "12:00", "--and-after")
    days = [one["starts_at"][:16] for one in facts(run, "activity", "sessions", "1")]
    assert days[2:] == ["2026-12-09T10:00", "2026-12-16T10:00", "2026-12-23T10:00", "2026-12-30T10:00"]
    done(run, "activity", "cancel", "5", "--and-after")
    assert [one["state"] for one in facts(run, "activity", "sessions", "1")][3:] == [
        "planned",
        "cancelled",
        "cancelled",
    ]
    done(run, "activity", "go-on", "5")
    assert facts(run, "activity", "sessions", "1")[4]["state"] == "planned"


def test_somebody_else_leads_one_session(run: Run) -> None:
    done(run, *BREICLUB)
    said = done(run, "activity", "led-by", "s2", "buurtbewoner", "--leader", "Ria")
    assert said == "Breiclub, di 1 dec 2026: begeleider buurtbewoner Ria.\n"
    leads = [one["lead"] for one in facts(run, "activity", "sessions", "1")]
    assert leads == ["volunteer", "neighbour", *["volunteer"] * 4]
    assert facts(run, "board")["activities"][0]["lead"] == "volunteer"


def test_who_waits_for_a_place_gets_one(run: Run) -> None:
    done(run, *BREICLUB, "--capacity", "4")
    assert "aanmelding 1" in done(run, "activity", "sign-up", "1", "3")
    said = done(run, "activity", "sign-up", "s1", "2", "--name", "Jo")
    assert said == "Er is nog 1 plek, en niet 2: ze wachten op een plek, met aanmelding 2.\n"
    assert "aanmelding 3" in done(run, "activity", "sign-up", "1", "1")
    assert done(run, "activity", "sign-up", "1").startswith("Het is vol: ")
    told = done(run, "activity", "sessions", "1")
    assert "aanmelding 2 · Jo: 2 personen, wachtlijst" in told
    assert "aanmelding 3 · zonder naam: 1 persoon\n" in told
    said = done(run, "activity", "change", "1", "--capacity", "6").splitlines()[1:]
    assert said == ["Aanmelding 2 (Jo: 2 personen) wachtte en heeft nu een plek."]
    said = done(run, "activity", "withdraw", "1").splitlines()[1:]
    assert said == ["Aanmelding 4 (zonder naam: 1 persoon) wachtte en heeft nu een plek."]
    assert "wacht" not in done(run, "activity", "sessions", "1")


def test_what_moves_to_where_it_is_already_is_not_said_to_have_moved(run: Run) -> None:
    done(run, *BREICLUB)
    before = facts(run, "activity", "sessions", "1")
    said = done(run, "activity", "move", "2", "--starts", "2026-12-01 14:00", "--and-after")
    assert said == "Er is niets veranderd: Breiclub is al op di 1 dec 2026 14:00.\n"
    assert facts(run, "activity", "sessions", "1") == before


def test_holidays_and_clashes_are_said_and_never_refused(run: Run) -> None:
    done(run, *BREICLUB, "--place", "keuken")
    line = ("activity", "add", "Koken", "--starts", "2026-12-04 19:00", "--repeat", "weekly", "--times", "5")
    code, out, err = run(*line, "--skip-holidays")
    assert code == 0 and "4 bijeenkomsten" not in out
    assert "Niet op vr 25 dec: " in err and "vr 1 jan 2027" in err
    assert "Buiten de openingstijden" in err
    told = facts(
        run,
        "activity",
        "add",
        "Bakken",
        "--starts",
        "2026-11-24 15:00",
        "--minutes",
        "60",
        "--place",
        "Keuken",
    )
    assert told["clashes"] == [{"trouble": "place_taken", "day": "2026-11-24", "title": "Breiclub"}]


def test_each_month_on_its_own_weekday(run: Run) -> None:
    line = ("activity", "add", "Eten", "--starts", "2026-11-24 12:00", "--repeat", "monthly")
    done(run, *line, "--nth", "last", "--times", "3")
    days = [one["starts_at"][:10] for one in facts(run, "activity", "sessions", "1")]
    assert days == ["2026-11-24", "2026-12-29", "2027-01-26"]


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-25T14:00:00",
        "2026-11-25 14:00:59.123",
        "2026-11-25T14:00+01:00",
        "2026-11-25T14:00:00+01:00",
        "2026-11-25t13:00:00z",
        "2026-11-25T08:00:00-05:00",
    ],
)
def test_a_moment_as_programs_write_it_is_read_on_the_rooms_clock(run: Run, written: str) -> None:
    """What `--json` prints can be given back."""
    done(run, "activity", "add", "Koken", "--starts", written)
    (session,) = facts(run, "activity", "sessions", "1")
    assert session["starts_at"] == "2026-11-25T14:00:00+01:00"
    done(run, "activity", "move", "1", "--starts", session["starts_at"].replace("14", "15"))
    (session,) = facts(run, "activity", "sessions", "1")
    assert session["starts_at"] == "2026-11-25T15:00:00+01:00"


@pytest.mark.parametrize(
    "written",
    ["2026-11-25T14:00:99", "2026-13-25T14:00:00", "1026-11-25T14:00:00Z", "0001-01-01T00:00:00+14:00"],
)
def test_what_is_no_moment_is_one_sentence(run: Run, written: str) -> None:
    code, out, err = run("activity", "add", "Koken", "--starts", written)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "Er ging iets mis" not in err, "it is no bug"
