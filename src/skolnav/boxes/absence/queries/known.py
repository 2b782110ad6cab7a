"""Whose name an old list still tells."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from skolnav.core.people.models import Enrolment
from skolnav.core.tenancy import clock


def is_known_q(school: Any, person: str = "") -> Q:
    """For rows with a person (`person`: the column's name; empty for persons themselves): who has left a school is
    named in its old registers and lists, but not if they are protected. `school`: its key, or an OuterRef to it."""
    here = Enrolment.everything.filter(
        Q(valid_until=None) | Q(valid_until__gte=clock.today()), pupil=OuterRef(person or "pk"), school=school
    )
    return Q(**{f"{person}__is_protected" if person else "is_protected": False}) | Q(Exists(here))
