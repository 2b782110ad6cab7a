"""What the timetable tells people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind
from skolnav.core.notifications.terms import Who
from skolnav.core.web.words import say_moment

from .telling import CHANGED, CHANGED_FOR_STAFF, HOURS_CHANGED, SUBSTITUTE, say_change


def _substitute(params: Mapping[str, Any]) -> str:
    return gettext("Du är vikarie: %(lesson)s") % {"lesson": say_lesson(params)}


def say_lesson(params: Mapping[str, Any]) -> str:
    """ "Matematik 5B, i dag 08.10"."""
    return f"{params['lesson']}, {say_moment(datetime.fromisoformat(params['starts']))}"


register_kind(
    Kind(
        key=CHANGED,
        title=_("Ändrat schema"),
        text=say_change,
        box="schedule",
        icon="clock",
        defaults={},
    )
)
register_kind(
    Kind(
        key=HOURS_CHANGED,
        title=_("Skoldagen börjar eller slutar en annan tid"),
        text=say_change,
        box="schedule",
        icon="clock-alert",
    )
)
register_kind(
    Kind(
        key=CHANGED_FOR_STAFF,
        title=_("Ändring av en lektion du har"),
        text=say_change,
        who=Who.STAFF,
        box="schedule",
        icon="clock",
    )
)
register_kind(
    Kind(
        key=SUBSTITUTE,
        title=_("Du är vikarie"),
        text=_substitute,
        who=Who.STAFF,
        box="schedule",
        icon="user-round",
    )
)
