"""What the staff of fritids tell families: by the bell with names, by mail only that there is news."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind
from skolnav.core.notifications.terms import Who
from skolnav.core.web.words import say_date, say_moment


def _said(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with days and moments as people say them, in the reader's language."""
    said = dict(params)
    if "day" in params:
        said["day"] = say_date(date.fromisoformat(params["day"]))
    if "deadline" in params:
        said["deadline"] = say_moment(datetime.fromisoformat(params["deadline"]))
    return said


register_kind(
    Kind(
        key="educare.closed",
        title=_("Fritids är stängt en dag"),
        text=lambda params: gettext("Fritids är stängt %(day)s: %(reason)s") % _said(params),
        who=Who.GUARDIANS,
        icon="cookie",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.round_opened",
        title=_("Anmäl till fritids på lov"),
        text=lambda params: gettext("Behövs fritids på %(name)s? Svara senast %(deadline)s.") % _said(params),
        who=Who.GUARDIANS,
        icon="sun",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.round_reminder",
        title=_("Påminnelse om fritids på lov"),
        text=lambda params: (
            gettext("Du har inte svarat om fritids på %(name)s. Sista dag är %(deadline)s.") % _said(params)
        ),
        who=Who.GUARDIANS,
        icon="clock-alert",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.request_answered",
        title=_("Svar på ändring av fritidstid"),
        text=lambda params: (
            (
                gettext("Fritids sa ja till ändringen %(day)s.")
                if params.get("is_accepted")
                else gettext("Fritids sa nej till ändringen %(day)s.")
            )
            % _said(params)
        ),
        who=Who.GUARDIANS,
        icon="cookie",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.staff_comment",
        title=_("Kommentar från fritids"),
        text=lambda params: gettext("Fritids har skrivit om %(day)s.") % _said(params),
        who=Who.GUARDIANS,
        icon="message-circle",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.times_telephoned",
        title=_("Fritids har skrivit in tider"),
        text=lambda params: (
            gettext("Fritids har skrivit in nya tider %(day)s, efter ett samtal.") % _said(params)
        ),
        who=Who.GUARDIANS,
        icon="cookie",
        box="educare",
    )
)
