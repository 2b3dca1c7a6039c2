"""Days and times are read as people type them; what is no day gets a sentence."""

import calendar
from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import written_days
from db.errors import NotPossible
from hostdesk import words

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
DUTCH_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("24-11", TUESDAY),
        ("24-11-2026", TUESDAY),
        ("24-11-26", TUESDAY),
        ("24/11", TUESDAY),
        ("24.11.2026", TUESDAY),
        ("2026-11-24", TUESDAY),
        ("24 nov", TUESDAY),
        ("24 november 2026", TUESDAY),
        ("di 24 nov 2026", TUESDAY),
        ("Tue 24 Nov 2026", TUESDAY),
        ("di 24-11-2026", TUESDAY),
        (" DI ", TUESDAY),
        ("dinsdag", TUESDAY),
        ("tue", TUESDAY),
        ("Tuesday", TUESDAY),
        ("ma", MONDAY),
        ("zo", date(2026, 11, 29)),
        ("vandaag", MONDAY),
        ("today", MONDAY),
        ("morgen", TUESDAY),
        ("tomorrow", TUESDAY),
        ("overmorgen", date(2026, 11, 25)),
        ("3-1", date(2027, 1, 3)),
        ("29-2-2028", date(2028, 2, 29)),
    ],
)
def test_a_day_as_people_type_it(text: str, meant: date) -> None:
    assert written_days.day(text, MONDAY) == meant


@pytest.mark.parametrize(
    "text",
    ["", "30-2", "30-2-2027", "29-2", "31-4", "2026-02-30", "0-1", "1-0", "1-13", "24", "x", "di-di",
     "24-11-0000", "99999-1-1", "[/]", "\x1b[31m", "٢٤-١٣", "😀", "di morgen", "-1", "24--11"],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotPossible) as refused:
        written_days.day(text, MONDAY)
    assert "24-11-2026" in str(refused.value)


def test_a_weekday_that_does_not_fit_its_date_is_said() -> None:
    with pytest.raises(NotPossible, match="another weekday"):
        written_days.day("wo 24-11", MONDAY)


@given(DAYS, DAYS, st.sampled_from(["{d}-{m}-{y}", "{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{d}.{m}.{y}"]))
def test_every_day_with_its_year_is_that_day(meant: date, today: date, form: str) -> None:
    assert written_days.day(form.format(d=meant.day, m=meant.month, y=meant.year), today) == meant


@given(DAYS, DAYS)
def test_a_day_is_read_back_as_the_form_writes_it(meant: date, today: date) -> None:
    short = WEEKDAYS[meant.weekday()]
    assert written_days.day(f"{short} {meant:%d-%m-%Y}", today) == meant
    assert (
        written_days.day(f"{short} {meant.day} {DUTCH_MONTHS[meant.month - 1]} {meant.year}", today) == meant
    )


@given(DAYS, st.integers(0, 365))
def test_without_its_year_it_is_the_first_such_day_from_today_on(today: date, later: int) -> None:
    wanted = today + timedelta(days=later)
    if (wanted.day, wanted.month) == (29, 2) or wanted >= _a_year_later(today):
        return
    assert written_days.day(f"{wanted.day}-{wanted.month}", today) == wanted


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_within_a_week_from_today(today: date, weekday: int) -> None:
    found = written_days.day(WEEKDAYS[weekday], today)
    assert found.weekday() == weekday
    assert 0 <= (found - today).days < 7


@given(DAYS, st.integers(2024, 2035), st.integers(1, 12), st.integers(29, 99))
def test_a_day_after_the_end_of_its_month_is_refused(today: date, year: int, month: int, number: int) -> None:
    if number <= calendar.monthrange(year, month)[1]:
        return
    with pytest.raises(NotPossible):
        written_days.day(f"{number}-{month}-{year}", today)


@given(st.text(max_size=60), DAYS)
def test_anything_typed_is_a_day_or_a_sentence(text: str, today: date) -> None:
    with suppress(NotPossible):
        assert isinstance(written_days.day(text, today), date)


@given(st.times())
def test_every_time_is_read_as_it_is_written(meant: time) -> None:
    meant = meant.replace(second=0, microsecond=0)
    for form in ("%H:%M", "%H.%M", "%H,%M", "%H%M", "%Hu%M", "%H:%M uur"):
        assert written_days.time_of_day(meant.strftime(form)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("14", time(14)), ("9", time(9)), ("930", time(9, 30)), ("14 uur", time(14)), ("9u30", time(9, 30))],
)
def test_a_time_in_short(text: str, meant: time) -> None:
    assert written_days.time_of_day(text) == meant


@pytest.mark.parametrize("text", ["", "24", "24:00", "14:60", "2400", "-1", "14:0", "x", "14:00-16:00", "١٤"])
def test_what_is_no_time_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotPossible, match="14:00"):
        written_days.time_of_day(text)


@given(st.text(max_size=60))
def test_anything_typed_is_a_time_or_a_sentence(text: str) -> None:
    with suppress(NotPossible):
        assert isinstance(written_days.time_of_day(text), time)


@given(st.integers(0, 9999), st.sampled_from(["{}", "{} keer", "{}x", " {} times "]))
def test_an_end_that_is_a_number_is_so_many_times(n: int, form: str) -> None:
    assert written_days.end(form.format(n), MONDAY, MONDAY) == (n, None)


@given(DAYS, DAYS)
def test_an_end_that_is_a_day_is_that_day(last: date, first: date) -> None:
    assert written_days.end(f"{last:%d-%m-%Y}", first, MONDAY) == (None, last)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("overmorgen", date(2026, 11, 25)),
        ("vandaag", MONDAY),
        ("24-11", date(2027, 11, 24)),
        ("wo", date(2026, 12, 2)),
    ],
)
def test_an_end_in_words_goes_from_today_and_a_date_from_the_first_time(text: str, last: date) -> None:
    assert written_days.end(text, date(2026, 12, 1), MONDAY) == (None, last)


def test_without_an_end_it_goes_on() -> None:
    assert written_days.end("  ", MONDAY, MONDAY) == (None, None)


@pytest.mark.parametrize("text", ["30-2", "x", "6 weken", "-1", "10000", "1,5"])
def test_what_is_no_end_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotPossible, match="how many times"):
        written_days.end(text, MONDAY, MONDAY)


def _a_year_later(today: date) -> date:
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return date(today.year + 1, 3, 1)


@pytest.mark.parametrize("typed", ["31-12-9999", "1-1-0001", "9999-12-31"])
def test_another_age_is_a_typing_mistake(typed: str) -> None:
    with pytest.raises(NotPossible):
        written_days.day(typed, date(2026, 11, 23))


def test_a_weekday_that_is_none_is_explained_in_the_language_of_the_room() -> None:
    with pytest.raises(NotPossible) as refused:
        written_days.weekday("mo")
    assert "like tue or tuesday" in str(refused.value)
    words.choose("nl")
    assert "di of dinsdag" in words.say(refused.value)
