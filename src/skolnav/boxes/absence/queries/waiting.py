"""What waits for a guardian on the start page: absence to explain, and leave to say yes or no to.

One prepared statement, since every start page asks it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import Waiting
from skolnav.core.tenancy.statements import as_day, dialect, is_one_of, keys_as_parameter, rows
from skolnav.core.web.addresses import url, url_if_there
from skolnav.core.web.words import say_day, say_days, say_left, upper_first

# What nobody has explained in two weeks is the mentor's to take up, and no longer on the start page.
LOOKS_BACK = timedelta(days=14)
MOST_TO_EXPLAIN = 6

# The cases by their day, without those whose explanation waits for the school; then the questions by the day of the
# answer.
_STATEMENT = """SELECT 'case' AS kind, c.pupil_id, c.public_id, c.day AS first_day, c.day AS last_day,
    c.day AS answer_by, c.minutes, c.id
  FROM absence_unexcusedcase c
 WHERE c.organiser_id = %(organiser)s AND {of_cases} AND c.excused_at IS NULL AND c.minutes > 0
   AND c.day >= %(since)s::date
   AND NOT EXISTS (SELECT 1 FROM absence_excuse e WHERE e.case_id = c.id AND e.answered_at IS NULL)
UNION ALL
SELECT 'leave', l.pupil_id, l.public_id, l.first_day, l.last_day, q.answer_by, 0, q.id
  FROM absence_leaveconsent q JOIN absence_leaveapplication l ON l.id = q.application_id
 WHERE q.guardian_id = %(person)s AND q.answered_at IS NULL AND l.organiser_id = %(organiser)s AND {of_leave}
   AND l.withdrawn_at IS NULL AND l.expired_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM absence_leavedecision d WHERE d.application_id = l.id AND d.replaced_at IS NULL)
 ORDER BY kind, answer_by, id"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A case to explain, or a question about leave (`is_leave`) to be answered by a day."""

    is_leave: bool
    pupil: PupilInCare
    public_id: str
    first_day: date
    last_day: date
    answer_by: date
    minutes: int


def asked_of(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[Asked]:
    """What waits for the viewer as a guardian of these pupils. One statement; none for others."""
    children = {pupil.id: pupil for pupil in pupils if pupil.id in viewer.child_ids}
    if not children:
        return []
    sql = _STATEMENT.format(of_cases=is_one_of("c.pupil_id"), of_leave=is_one_of("l.pupil_id"))
    asked = {
        "organiser": viewer.organiser_id,
        "person": viewer.person_id,
        "ids": keys_as_parameter(children),
        "since": (viewer.today - LOOKS_BACK).isoformat(),
    }
    return [
        Asked(kind == "leave", children[pupil], public_id, as_day(first), as_day(last), as_day(by), minutes)
        for kind, pupil, public_id, first, last, by, minutes, _pk in rows(dialect(sql), asked)
    ]


def todo_of(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[Waiting]:
    """The same, as the start page shows it: at most six cases, then the questions."""
    asked = asked_of(viewer, pupils)
    cases = [_to_explain(one) for one in asked if not one.is_leave]
    return [*cases[:MOST_TO_EXPLAIN], *(_to_answer(one) for one in asked if one.is_leave)]


def _to_explain(one: Asked) -> Waiting:
    said = {"day": upper_first(say_day(one.first_day)), "minutes": one.minutes}
    return Waiting(
        title=_("%(name)s har varit borta utan anmälan") % {"name": one.pupil.short_name},
        soft=_("%(day)s, %(minutes)s minuter") % said,
        address=url_if_there("absence:case", pupil=one.pupil.public_id, case=one.public_id)
        or url("absence:index", pupil=one.pupil.public_id),
        button=_("Förklara"),
        pupils=(one.pupil,),
    )


def _to_answer(one: Asked) -> Waiting:
    said = {"name": one.pupil.short_name, "days": say_days(one.first_day, one.last_day)}
    return Waiting(
        title=_("Säger du ja till ledighet för %(name)s %(days)s?") % said,
        soft=_("Svara senast %(day)s") % {"day": say_left(one.answer_by)},
        address=url("absence:leave_show", leave=one.public_id),
        button=_("Svara"),
        pupils=(one.pupil,),
    )
