"""What the start page's cards say of fritids."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import BoxToday, DayFact, PreviewLine, PupilDay, Waiting
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock
from skolnav.core.web.addresses import url
from skolnav.core.web.words import iso_week, say_day, say_time, say_until

from .holidays import holidays_of
from .locks import closed_because, is_locked, locks_at
from .plans import Known, Plan
from .weeks import WEEK, in_educare, know

WEEKS_AHEAD = 6
ORDER = 20
UNREAD_SHOWN = 3


def today(viewer: Viewer, days: Sequence[PupilDay]) -> BoxToday:
    """The day's times and who collects, weeks whose times are missing, lov, comments.

    One statement for all children; none where no child has a place at fritids.
    """
    pupils = in_educare(day.pupil for day in days)
    if not pupils:
        return BoxToday(nothing=_("Ingen plats på fritids."))
    known = know(viewer, pupils, clock.monday_of(viewer.today))
    missing = missing_week(viewer, known, pupils)
    todo = [
        *_proposals(viewer, known, pupils),
        *_week_todo(viewer, known, missing),
        *_holiday_todo(viewer, known, pupils),
        *_unread_todo(known, pupils),
    ]
    facts = {day.pupil.id: _facts(known, day) for day in days if day.pupil in pupils}
    return BoxToday(lines=_lines(viewer, known, pupils, missing), todo=todo, facts=facts)


Missing = tuple[date, list[PupilInCare]]


def missing_week(viewer: Viewer, known: Known, pupils: Sequence[PupilInCare]) -> Missing | None:
    """The first week that still can be answered and that some child has no times for, and these children.

    Looked for up to the first week of which no day is locked: later ones are nobody's hurry.
    """
    mine = [pupil for pupil in pupils if pupil.id in viewer.child_ids]
    monday = clock.monday_of(viewer.today)
    for _number in range(WEEKS_AHEAD):
        without = [pupil for pupil in mine if any(_missing_days(viewer, known, pupil, monday))]
        if without:
            return monday, without
        if mine and all(_is_free(known, pupil, monday) for pupil in mine):
            return None
        monday += WEEK
    return None


def _missing_days(viewer: Viewer, known: Known, pupil: PupilInCare, monday: date) -> Iterator[date]:
    """The week's open days that the viewer can set and that nobody has; lov is asked about by itself."""
    opening = known.of_school(pupil.id)
    for day in (monday + timedelta(days=number) for number in range(7)):
        plan = known.plan(pupil.id, day)
        if (
            opening is not None
            and plan.source == "none"
            and plan.owner_id in (None, viewer.person_id)
            and closed_because(opening, day) is None
            and opening.round_of(day) is None
            and not is_locked(opening, day)
        ):
            yield day


def _is_free(known: Known, pupil: PupilInCare, monday: date) -> bool:
    opening = known.of_school(pupil.id)
    return opening is None or not is_locked(opening, monday)


def _week_todo(viewer: Viewer, known: Known, missing: Missing | None) -> Iterator[Waiting]:
    """One thing to do for all the children: as the week before, where that had times, else to fill in."""
    if missing is None:
        return
    monday, pupils = missing
    first = pupils[0]
    can_copy = all(_can_copy(viewer, known, pupil, monday) for pupil in pupils)
    address = (
        url("educare:index") + f"?vecka={monday}"
        if len(pupils) > 1
        else url("educare:edit", pupil=first.public_id, day=monday)
    )
    yield Waiting(
        title=_("Fritidstider för vecka %(week)s") % {"week": iso_week(monday)},
        soft=_("Låses %(moment)s") % {"moment": say_until(_lock(known, pupils, monday))},
        address=address,
        button=_("Som förra") if can_copy else _("Fyll i"),
        whole_button=_("Som förra veckan") if can_copy else "",
        pupils=tuple(pupils),
        answer=url("educare:same") if can_copy else "",
        post={"week": monday.isoformat(), "pupils": " ".join(one.public_id for one in pupils)}
        if can_copy
        else None,
    )


def _can_copy(viewer: Viewer, known: Known, pupil: PupilInCare, monday: date) -> bool:
    """Whether the week before has an answer for a day that has none: what one tap fills in."""
    days = _missing_days(viewer, known, pupil, monday)
    return any(known.plan(pupil.id, day - WEEK).source != "none" for day in days)


def _lock(known: Known, pupils: Sequence[PupilInCare], monday: date) -> datetime:
    """When the first of the week's days that are still free locks, for any of the children."""
    now = clock.now()
    moments = [
        locks_at(opening, monday + timedelta(days=number))
        for pupil in pupils
        if (opening := known.of_school(pupil.id))
        for number in range(7)
        if closed_because(opening, monday + timedelta(days=number)) is None
    ]
    return min(moment for moment in moments if moment > now)


def _holiday_todo(viewer: Viewer, known: Known, pupils: Sequence[PupilInCare]) -> Iterator[Waiting]:
    for one in holidays_of(viewer, known, pupils):
        if one.is_open and one.unanswered:
            yield Waiting(
                title=_("Fritids på %(name)s") % {"name": one.round.name},
                soft=_("Svara senast %(moment)s") % {"moment": say_until(one.round.deadline)},
                address=url(
                    "educare:holiday", pupil=one.unanswered[0].public_id, holiday=one.round.public_id
                ),
                button=_("Svara"),
                pupils=tuple(one.unanswered),
            )


def _proposals(viewer: Viewer, known: Known, pupils: Sequence[PupilInCare]) -> Iterator[Waiting]:
    """Another guardian's proposal of whose week it is."""
    by_id = {pupil.id: pupil for pupil in pupils if pupil.id in viewer.child_ids}
    for pupil_id, _public_id, proposed_by in known.found.proposals:
        if pupil_id in by_id and proposed_by != viewer.person_id:
            child = by_id[pupil_id]
            yield Waiting(
                title=_("Förslag om vems fritidsvecka det är"),
                soft=_("Gäller när du har sagt ja"),
                address=url("educare:homes", pupil=child.public_id),
                button=_("Svara"),
                pupils=(child,),
            )


def _unread_todo(known: Known, pupils: Sequence[PupilInCare]) -> Iterator[Waiting]:
    """What the staff have written and the viewer has not opened."""
    by_id = {pupil.id: pupil for pupil in pupils}
    for pupil_id, day in sorted(known.unread, key=lambda one: one[1])[:UNREAD_SHOWN]:
        child = by_id[pupil_id]
        yield Waiting(
            title=_("Fritids har skrivit om %(day)s") % {"day": say_day(day)},
            soft=_("Ny kommentar"),
            address=url("educare:day", pupil=child.public_id, day=day),
            button=_("Läs"),
            pupils=(child,),
        )


def _lines(
    viewer: Viewer, known: Known, pupils: Sequence[PupilInCare], missing: Missing | None
) -> list[PreviewLine]:
    """For the box's own card: what is unread, what locks, else that everything is answered."""
    unread: dict[date, list[PupilInCare]] = defaultdict(list)
    for pupil in pupils:
        for pupil_id, day in sorted(known.unread):
            if pupil_id == pupil.id:
                unread[day].append(pupil)
    lines = [
        PreviewLine(_("Ny kommentar om %(day)s") % {"day": say_day(day)}, tuple(about))
        for day, about in sorted(unread.items())
    ]
    if missing is not None:
        said = _("Vecka %(week)s låses %(moment)s") % {
            "week": iso_week(missing[0]),
            "moment": say_until(_lock(known, missing[1], missing[0])),
        }
        lines.append(PreviewLine(said, tuple(missing[1])))
    elif viewer.is_guardian:
        lines.append(PreviewLine(_("Alla veckor som snart låses har tider"), tuple(pupils)))
    return lines


def _facts(known: Known, day: PupilDay) -> list[DayFact]:
    """The card's day, and what is left of today once its lessons are over."""
    facts = []
    now = clock.now().astimezone(clock.STOCKHOLM).time()
    plan = known.plan(day.pupil.id, day.today)
    if not day.is_today and plan.leaves_at and plan.leaves_at > now and not _is_away(day, day.today):
        facts.append(_fact(day, plan, _("I dag: ") + _lower_first(say_plan(plan))))
    if day.day is not None and not _is_away(day, day.day):
        plan = known.plan(day.pupil.id, day.day)
        if plan.source != "none":
            facts.append(_fact(day, plan, say_plan(plan)))
    return facts


def _is_away(day: PupilDay, which: date) -> bool:
    """Whether the child is reported away all of that day, and so not expected at fritids."""
    away: list[Absence] = day.absences_on(which)
    return any(one.is_whole_day for one in away)


def _fact(day: PupilDay, plan: Plan, text: str) -> DayFact:
    return DayFact(
        text=text,
        icon="cookie",
        address=url("educare:day", pupil=day.pupil.public_id, day=plan.day),
        order=ORDER,
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def say_plan(plan: Plan) -> str:
    """ "Fritids till 16.30, hämtas av Omar", "Går hem själv 15.00", "Fritids 06.45, hämtas 16.30"."""
    if not plan.is_coming:
        return _("Ledig från fritids")
    said = {
        "comes": say_time(plan.comes_at) if plan.comes_at else "",
        "leaves": say_time(plan.leaves_at) if plan.leaves_at else "",
        "who": plan.collected_by,
    }
    if plan.leaves_at is None:
        return _("Fritids från %(comes)s") % said
    if plan.comes_at is None:
        if plan.goes_alone:
            return _("Går hem själv %(leaves)s") % said
        pattern = (
            _("Fritids till %(leaves)s, hämtas av %(who)s") if said["who"] else _("Fritids till %(leaves)s")
        )
        return pattern % said
    if plan.goes_alone:
        return _("Fritids %(comes)s, går hem själv %(leaves)s") % said
    pattern = (
        _("Fritids %(comes)s, hämtas %(leaves)s av %(who)s")
        if said["who"]
        else _("Fritids %(comes)s, hämtas %(leaves)s")
    )
    return pattern % said
