"""Two years of an imagined board: each thread lived through, by the rules that hold for everybody.

A story yields the moment that it waits for, and then does what was done then (`db.past.retell`).
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from db import advice, course, past, planning, series, sessions, signups, upkeep, wishes
from db import room as rooms
from db.planning import Plan
from db.recurrence import Repeat
from db.room import Period, Room
from db.sessions import Meeting
from db.states import Kind, Lead, State
from db.timetable import Trouble
from hostdesk.demo import threads
from hostdesk.demo.threads import Asked, Day, Done, Wished

DAYS = 730
"""Two years, however few days of the door are made."""

CANCELLED = 0.04
"""The share of sessions that don't go on."""

MOVED = 0.02
"""The share of sessions that are at another time and place for once."""

NOT_COUNTED = 0.04
"""The share of sessions of which nobody says how many took part."""

LED_BY_ANOTHER = 0.08
"""The share of sessions that somebody else leads."""

REMARKS = 0.25
"""The share of sessions of which somebody says how they went."""

_MOMENT = timedelta(minutes=1)
_UPKEEP_EVERY = timedelta(days=28)
_QUARTER = 15
"""Minutes: what begins, begins at a quarter."""

_LEFT_LATE = 24 * 60 - 15
"""The last minute of a day at which something still begins."""


def fill(room: Room, now: datetime, seed: int) -> None:
    """Fill the board of this room, as if it was used up to now."""
    past.retell(_stories(room, now, seed), now)


def _stories(room: Room, now: datetime, seed: int) -> Iterator[Iterator[datetime]]:
    """Everything that happens, each with a luck of its own."""
    for wished in threads.WISHES:
        yield _Teller(room, now, Random(f"{seed} {wished.text.en}")).wish(wished)
    for done in threads.ACTIVITIES:
        yield _Teller(room, now, Random(f"{seed} {done.title.en}")).activity(done)
    yield _upkeep(now)


def _upkeep(now: datetime) -> Iterator[datetime]:
    """What the desk does by itself; a few times a year is enough for what is seen of it afterwards."""
    for ago in range(DAYS // _UPKEEP_EVERY.days, -1, -1):
        yield now - ago * _UPKEEP_EVERY
        upkeep.of_the_day()


@dataclass(frozen=True)
class _Teller:
    """Who tells one thread."""

    room: Room
    now: datetime
    luck: Random

    def wish(self, wished: Wished) -> Iterator[datetime]:
        """A wish of which nothing was planned."""
        at = self._in_the_day(wished.days_ago)
        yield at
        wish = wishes.voice(
            str(wished.text), by=self._host(), theme=self._theme(wished.theme), contact=wished.contact
        )
        moments = [*self._supported(at, wished.me_too, self.now), *self._moved(at, wished.state)]
        asked = self._advice(wished.asked, at, Kind.WISH, wish) if wished.asked else iter(())
        waiting = next(asked, None)
        for moment, to in sorted(moments):
            while waiting is not None and waiting <= moment:
                yield waiting
                waiting = next(asked, None)
            yield moment
            if to is None:
                wishes.me_too(wish, by=self._host())
            else:
                why = str(wished.reason) if to is State.NOT_FEASIBLE else ""
                course.move(Kind.WISH, wish, to, by=self._host(), reason=why)
        while waiting is not None:
            yield waiting
            waiting = next(asked, None)

    def activity(self, done: Done) -> Iterator[datetime]:
        """An activity, from the wishes that it came of to its last session."""
        plan = self._plan(done)
        begins = rooms.moment(self.room, plan.first_day, plan.starts)
        planned_at = min(begins - timedelta(days=self.luck.randint(8, 15)), self.now - timedelta(days=2))
        came_of = yield from self._asked_for(done, planned_at)
        yield planned_at
        number = planning.plan(came_of, plan, by=self._host())
        if done.asked:
            yield from self._advice(done.asked, planned_at, Kind.ACTIVITY, number)
        yield from self._held(done, number)

    def _asked_for(self, done: Done, planned_at: datetime) -> Generator[datetime, None, list[int]]:
        """Neighbours voice the wishes and others join them, until somebody explores what can be done."""
        explored_at = planned_at - timedelta(days=2, hours=1)
        came_of: list[int] = []
        for place, text in enumerate(done.wishes):
            yield explored_at - timedelta(days=20 - 6 * place, hours=self.luck.randint(0, 5))
            came_of.append(wishes.voice(str(text), by=self._host(), theme=self._theme(done.theme)))
        supported = [explored_at - timedelta(hours=self.luck.randint(2, 100)) for _ in range(done.me_too)]
        for moment in sorted(supported):
            yield moment
            wishes.me_too(self.luck.choice(came_of), by=self._host())
        for wish in came_of:
            yield explored_at
            course.move(Kind.WISH, wish, State.EXPLORING, by=self._host())
        return came_of

    def _held(self, done: Done, activity: int) -> Iterator[datetime]:
        """One session after another, as far as they are planned by then."""
        seen = 0
        stops_at = self.now - timedelta(days=30) if done.stops else None
        while True:
            more = sessions.of_activity(activity)[seen:]
            if not more:
                return
            for meeting in more:
                seen += 1
                if stops_at and meeting.starts_at > stops_at:
                    yield stops_at
                    why = str(done.stops)
                    course.move(Kind.ACTIVITY, activity, State.NOT_FEASIBLE, by=self._host(), reason=why)
                    return
                if meeting.starts_at > self.now and done.sign_ups:
                    yield from self._signed_up(meeting, done)
                yield from self._session(meeting, done)

    def _session(self, meeting: Meeting, done: Done) -> Iterator[datetime]:
        """A session: mostly held, with so many; sometimes moved or cancelled, or its number is missing."""
        yesterday = self.room.local(self.now).date() - timedelta(days=1)
        chance = self.luck.random()
        surely = meeting.day >= yesterday and done.day in (Day.TODAY, Day.YESTERDAY)
        if not surely and done.repeat is not Repeat.ONCE:
            if chance < CANCELLED:
                yield meeting.starts_at - timedelta(hours=20)
                sessions.cancel(meeting.id, str(self.luck.choice(threads.CANCELLED)), by=self._host())
                return
            if chance < CANCELLED + MOVED:
                yield meeting.starts_at - timedelta(hours=30)
                meeting = self._move(meeting)
        ends = meeting.ends_at + self.luck.randint(1, 12) * _MOMENT
        forgotten = meeting.day == yesterday and done.day is Day.YESTERDAY
        if forgotten or (not surely and done.times is None and not done.stops and chance > 1 - NOT_COUNTED):
            if done.repeat is Repeat.ONCE or meeting.day == yesterday:
                return
            yield ends + timedelta(hours=20)
            sessions.asked_about(meeting.id)
            return
        yield min(ends, max(meeting.ends_at, self.now - _MOMENT))
        self._attend(meeting, done)

    def _move(self, meeting: Meeting) -> Meeting:
        """It is a day later for once, and elsewhere, if the room is open then."""
        local, until = self.room.local(meeting.starts_at), self.room.local(meeting.ends_at)
        day = local.date() + timedelta(days=1)
        place = str(self.luck.choice(threads.ELSEWHERE))
        odd = series.clashes_of_move(meeting.id, day, local.time(), until.time())
        if any(clash.trouble is Trouble.ROOM_SHUT for clash in odd):
            return meeting
        series.move_session(meeting.id, day, local.time(), place=place, by=self._host())
        return sessions.one(meeting.id)

    def _attend(self, meeting: Meeting, done: Done) -> None:
        """Somebody gives the number, and now and then says more."""
        n = max(round(self.luck.gauss(done.usual, done.usual / 5)), 0)
        how = str(self.luck.choice(threads.REMARKS)) if self.luck.random() < REMARKS else None
        lead = leader = None
        if self.luck.random() < LED_BY_ANOTHER:
            lead = self.luck.choice((Lead.VOLUNTEER, Lead.NEIGHBOUR, Lead.TOGETHER, Lead.PROFESSIONAL))
            names = threads.PROFESSIONALS if lead is Lead.PROFESSIONAL else threads.NEIGHBOURS
            leader = self.luck.choice(names)
        sessions.attend(meeting.id, n, how=how, lead=lead, leader=leader, by=self._host())

    def _signed_up(self, meeting: Meeting, done: Done) -> Iterator[datetime]:
        """Neighbours sign up for the next session; the last of them thinks better of it."""
        at, last = self.now - timedelta(hours=20), None
        for n in done.sign_ups:
            at += timedelta(minutes=self.luck.randint(5, 200))
            yield at
            last = signups.sign_up(meeting.id, n, self.luck.choice(threads.NEIGHBOURS), by=self._host())
        if last is not None and len(done.sign_ups) > 2:
            yield at + timedelta(minutes=30)
            signups.sign_up(meeting.id, 3, self.luck.choice(threads.NEIGHBOURS), by=self._host())
            yield at + timedelta(minutes=90)
            signups.withdraw(last.id, by=self._host())

    def _advice(self, asked: Asked, began: datetime, about: Kind, number: int) -> Iterator[datetime]:
        """A question, its answer from a distance, and somebody who reads it."""
        asked_at = began + timedelta(days=asked.day) if asked.day >= 0 else self._in_the_day(-asked.day)
        yield asked_at
        request = advice.ask(str(asked.question), about=about, number=number, by=self._host())
        if asked.answer is None:
            return
        yield asked_at + timedelta(minutes=self.luck.randint(40, 1500))
        advice.answer(request, str(asked.answer), by=self.luck.choice(threads.PROFESSIONALS))
        if asked.read:
            yield asked_at + timedelta(hours=self.luck.randint(26, 40))
            advice.mark_read(request, by=self._host())

    def _supported(self, at: datetime, times: int, until: datetime) -> Iterator[tuple[datetime, None]]:
        """When others say "me too"; from the first hour on, within two weeks."""
        room_for = min(until - at, timedelta(days=14))
        for _ in range(times):
            yield self._by_day(at + room_for * self.luck.uniform(0.05, 0.9), until), None

    def _by_day(self, moment: datetime, until: datetime) -> datetime:
        """This moment, or one on the same day at which somebody is there."""
        hour = self.room.local(moment).hour
        moved = moment + timedelta(hours=10 if hour < 9 else -7 if hour >= 18 else 0)
        return moved if moved < until else moment

    def _moved(self, at: datetime, to: State) -> Iterator[tuple[datetime, State]]:
        """When somebody took it up, and what that came to."""
        if to is not State.RECEIVED:
            yield at + timedelta(days=self.luck.randint(15, 17)), State.EXPLORING
        if to is State.NOT_FEASIBLE:
            yield at + timedelta(days=self.luck.randint(20, 45)), to

    def _plan(self, done: Done) -> Plan:
        """What somebody planned."""
        day, starts, ends = self._first_time(done)
        return Plan(
            str(done.title),
            day,
            starts,
            ends,
            done.repeat,
            done.times,
            skip_holidays=done.skip_holidays,
            theme=self._theme(done.theme),
            needs=str(done.needs or ""),
            place=str(done.place),
            capacity=done.capacity,
            lead=done.lead,
            leader=done.leader,
        )

    def _first_time(self, done: Done) -> tuple[date, time, time]:
        """When its first session is: for today's programme by the hour at which the demo is made."""
        local = self.room.local(self.now)
        today, starts = local.date(), done.starts.hour * 60 + done.starts.minute
        match done.day:
            case Day.TODAY:
                weekday = today.isoweekday()
            case Day.YESTERDAY:
                weekday = (today - timedelta(days=1)).isoweekday()
            case weekday:
                pass
        that_day = today - timedelta(weeks=done.weeks_ago)
        day = that_day + timedelta(days=(weekday - that_day.isoweekday()) % 7)
        while done.repeat is Repeat.ONCE and rooms.closed_days(day, day):
            day += timedelta(weeks=1)
        ends = starts + done.minutes
        if done.now is not None:
            starts, ends = self._around_now(local, done.now, done.minutes)
        return day, time(*divmod(starts, 60)), time(*divmod(ends, 60))

    def _around_now(self, now: datetime, hours: float, minutes: int) -> tuple[int, int]:
        """From when to when, in minutes since midnight, something is that would begin so many hours from now:
        as near to that as the room is open, and all behind it, all ahead of it, or around it as before.
        """
        at = now.hour * 60 + now.minute
        wanted = round((at + hours * 60) / _QUARTER) * _QUARTER
        free = [self._open(period) for period in rooms.periods(self.room, now.date())]
        if hours > 0:
            free = [(max(opens, (at // _QUARTER + 2) * _QUARTER), closes) for opens, closes in free]
        elif hours * 60 + minutes <= 0:
            free = [(opens, min(closes, (at - 1) // _QUARTER * _QUARTER)) for opens, closes in free]
        else:
            free = [(opens, closes) for opens, closes in free if opens <= at < closes]
        found = [
            (max(min(wanted, closes - minutes), opens), closes)
            for opens, closes in free
            if opens + _QUARTER < closes
        ] or [(min(max(wanted, 0), _LEFT_LATE), 24 * 60 - 1)]
        starts, closes = min(found, key=lambda one: abs(one[0] - wanted))
        return starts, min(starts + minutes, closes)

    def _open(self, period: Period) -> tuple[int, int]:
        """From when to when it is open, in minutes since midnight."""
        opens, closes = self.room.local(period.opens_at), self.room.local(period.closes_at)
        return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute

    def _in_the_day(self, days_ago: int) -> datetime:
        """A moment of that day, when the room is usually open."""
        day = self.room.local(self.now).date() - timedelta(days=days_ago)
        return rooms.moment(self.room, day, time(self.luck.randint(10, 15), self.luck.randint(0, 59)))

    def _theme(self, theme: threads.Theme) -> str:
        return wishes.THEMES[self.room.language][theme]

    def _host(self) -> str:
        return self.luck.choice(threads.HOSTS)
