"""Which groups take attendance once a day: those whose pupils all are in the youngest years (AbsenceSettings)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.core.people.models import Enrolment, Membership
from skolnav.core.people.validity import valid_on

# Pupils whose year nobody has entered are not taken for young; a school without whole days has a limit below all years.
NO_YEAR, NEVER = 99, -1
_ALWAYS = date(9999, 12, 31)
DEFAULT_LIMIT: int = AbsenceSettings._meta.get_field("whole_day_until_year").default


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Of a group: its number of pupils, the highest year among them, its school's limit for whole days, and from when
    until when it has pupils."""

    pupils: int
    year: int
    limit: int
    first_day: date
    last_day: date

    @property
    def takes_whole_days(self) -> bool:
        return self.year <= self.limit

    def has_pupils_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def facts_of_groups(group_ids: Iterable[int], first: date, last: date) -> dict[int, GroupFacts]:
    """Group id -> its facts over the days; groups that nobody belongs to do not stand in it. One statement."""
    # (Not valid_on of one day: the memberships that touch the stretch.)
    touching = Q(valid_from__lte=last, group__valid_from__lte=last)
    for end in ("valid_until", "group__valid_until"):
        touching &= Q(**{end: None}) | Q(**{f"{end}__gte": first})
    # By pupil alone: with the school beside it SQLite would read a whole school's pupils for each of them.
    enrolled = Enrolment.everything.filter(valid_on(last), pupil=OuterRef("person_id"))
    years = enrolled.order_by(F("school_year").desc(nulls_last=True)).values("school_year")
    limits = AbsenceSettings.everything.filter(school=OuterRef("group__school_id"))
    chosen = limits.annotate(limit=Coalesce("whole_day_until_year", Value(NEVER))).values("limit")
    rows = (
        Membership.everything.filter(touching, group__in=set(group_ids))
        .annotate(
            year=Coalesce(Subquery(years[:1]), Value(NO_YEAR)),
            limit=Coalesce(Subquery(chosen), Value(DEFAULT_LIMIT)),
        )
        .values("group_id")
        .annotate(
            number=Count("person_id", distinct=True),
            highest=Max("year"),
            most=Max("limit"),
            since=Min("valid_from"),
            until=Max(Coalesce("valid_until", Value(_ALWAYS))),
        )
        .values_list("group_id", "number", "highest", "most", "since", "until")
    )
    return {row[0]: GroupFacts(*row[1:]) for row in rows}


def young_groups(facts: Mapping[int, GroupFacts], group_ids: Iterable[int]) -> frozenset[int]:
    """Those of the groups that take attendance once a day. No statement."""
    return frozenset(group for group in group_ids if group in facts and facts[group].takes_whole_days)
