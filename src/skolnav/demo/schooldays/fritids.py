"""Fritids Eken: weeks that repeat, who collects, what is asked and said, the coming lov, and who is there now."""

import random
from datetime import date, datetime, time, timedelta

from skolnav.boxes.educare.actions.checks import check
from skolnav.boxes.educare.actions.collectors import add_collector
from skolnav.boxes.educare.actions.comments import write_comment
from skolnav.boxes.educare.actions.deciding import comment_as_staff
from skolnav.boxes.educare.actions.patterns import PatternContent, PatternDay, begin_pattern
from skolnav.boxes.educare.actions.requests import ask_change
from skolnav.boxes.educare.actions.rounds import RoundContent, open_round
from skolnav.boxes.educare.actions.times import save_days
from skolnav.boxes.educare.queries.wishes import Wish
from skolnav.core.access.building import build_viewer
from skolnav.core.people.models import Guardianship, Membership, Person
from skolnav.core.tenancy import clock
from skolnav.demo.autumn.days import at, breaks, is_school_day, school_day
from skolnav.demo.autumn.travel import acting_at
from skolnav.demo.cast import Cast

WEEK = timedelta(days=7)
LEAVES = (time(14, 30), time(15, 0), time(15, 30), time(16, 0), time(16, 30), time(17, 0))
COMES = (None, None, time(6, 45), time(7, 15))


def fill_fritids(cast: Cast) -> None:
    """Most children by patterns; Alva by the week, so that next week's times wait for Anna."""
    chance = random.Random(1400)
    for pupil in _children(cast):
        guardian = Guardianship.everything.filter(pupil=pupil).values_list("guardian_id", flat=True).first()
        if guardian and chance.random() < 0.9:
            _repeat(guardian, pupil, chance)
    _alva(cast)
    _holiday(cast)
    _arrive(cast, chance)


def _monday() -> date:
    return clock.monday_of(clock.today())


def _children(cast: Cast) -> list[Person]:
    members = Membership.everything.filter(group=cast.educare).exclude(person=cast.alva)
    return [row.person for row in members.select_related("person").order_by("pk")]


def _long_ago() -> datetime:
    """Before the locks of the weeks that are filled in."""
    return at(_monday() - 4 * WEEK, 19, 30)


def _repeat(guardian: int, pupil: Person, chance: random.Random) -> None:
    comes, usual = chance.choice(COMES), chance.choice(LEAVES)
    alone = usual <= time(15, 0) and chance.random() < 0.2
    free = chance.choice((None, None, 4))
    days = [
        PatternDay(0, weekday, comes, chance.choice((usual, usual, usual, LEAVES[2])), None, alone)
        for weekday in range(5)
        if weekday != free
    ]
    content = PatternContent(weeks=1, first_day=_monday() - 2 * WEEK, last_day=None, days=days)
    with acting_at(_long_ago()):
        begin_pattern(actor=build_viewer(guardian), pupil_id=pupil.pk, content=content)


def _alva(cast: Cast) -> None:
    anna, nour = build_viewer(cast.anna.pk), build_viewer(cast.nour.pk)
    weeks = _alvas_weeks(cast)
    with acting_at(_long_ago()):
        anna_then = build_viewer(cast.anna.pk)
        for name, relation, phone in (
            ("Anna", "mamma", "070-174 06 05"),
            ("Omar", "pappa", "070-174 06 06"),
            ("Gunilla", "mormor", "070-174 06 40"),
        ):
            add_collector(
                actor=anna_then,
                pupil_id=cast.alva.pk,
                name=name,
                relation=relation,
                phone=phone,
                is_usual=name == "Omar",
            )
        save_days(actor=anna_then, wishes=weeks)
    tomorrow = school_day(1)
    with acting_at(min(at(clock.today(), 7, 12), clock.now())):
        wish = Wish(cast.alva.pk, tomorrow, None, time(15, 0), collected_by="Gunilla")
        ask_change(actor=anna, wish=wish, note="Mormor hämtar tidigare i morgon, går det bra?")
        comment_as_staff(
            actor=nour, pupil_id=cast.alva.pk, day=school_day(0), text="Alva behöver nya vantar i sitt fack."
        )
        write_comment(
            actor=anna, pupil_id=cast.alva.pk, day=tomorrow, text="Alva har en extra tröja i väskan."
        )


def _alvas_weeks(cast: Cast) -> list[Wish]:
    """Last week's, this week's and the next: the one after waits for Anna."""
    times = {0: time(16, 30), 1: time(16, 30), 2: time(15, 30), 3: time(16, 30), 4: time(15, 0)}
    return [
        Wish(cast.alva.pk, _monday() + week * WEEK + timedelta(days=weekday), None, leaves)
        for week in (-1, 0, 1)
        for weekday, leaves in times.items()
        if is_school_day(_monday() + week * WEEK + timedelta(days=weekday))
    ]


def _holiday(cast: Cast) -> None:
    """Nour asks about the next lov, ten days ahead of it."""
    coming = [one for one in breaks() if one.name and one.first > clock.today() + 2 * WEEK]
    if not coming:
        return
    lov = coming[0]
    deadline = at(lov.first - timedelta(days=10), 16, 0)
    content = RoundContent(lov.name, lov.first, lov.last, deadline)
    with acting_at(min(at(school_day(-1), 15, 0), clock.now())):
        open_round(actor=build_viewer(cast.nour.pk), school_id=cast.lillaskolan.pk, content=content)


def _arrive(cast: Cast, chance: random.Random) -> None:
    """On a school day after the lessons some have come to fritids already."""
    if school_day(0) != clock.today() or clock.now() < at(clock.today(), 13, 20):
        return
    children = _children(cast)
    here = [pupil.public_id for pupil in children if chance.random() < 0.7]
    with acting_at(at(clock.today(), 13, 15)):
        check(actor=build_viewer(cast.nour.pk), kind="in", pupils=here)
