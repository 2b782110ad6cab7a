"""What families tell the staff of fritids and each other: by the bell; mails say only that there is news."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind
from skolnav.core.notifications.terms import Who
from skolnav.core.web.words import say_day


def _day(params: Mapping[str, Any]) -> dict[str, str]:
    return {"day": say_day(date.fromisoformat(params["day"]))}


register_kind(
    Kind(
        key="educare.request",
        title=_("Familjer ber om ändrad fritidstid"),
        text=lambda params: gettext("En familj ber om andra fritidstider %(day)s.") % _day(params),
        who=Who.STAFF,
        icon="clock",
        box="educare",
        defaults={},
    )
)
register_kind(
    Kind(
        key="educare.family_comment",
        title=_("Kommentar till fritids"),
        text=lambda params: gettext("En familj har skrivit till fritids om %(day)s.") % _day(params),
        who=Who.STAFF,
        icon="message-circle",
        box="educare",
        defaults={},
    )
)
register_kind(
    Kind(
        key="educare.homes_proposed",
        title=_("Förslag om två hem på fritids"),
        text=lambda params: gettext(
            "Den andra vårdnadshavaren föreslår vems fritidsvecka det är. Svara på förslaget."
        ),
        who=Who.GUARDIANS,
        icon="arrow-right-left",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.homes_agreed",
        title=_("Två hem på fritids gäller"),
        text=lambda params: gettext("Förslaget om vems fritidsvecka det är gäller nu."),
        who=Who.GUARDIANS,
        icon="arrow-right-left",
        box="educare",
    )
)
register_kind(
    Kind(
        key="educare.homes_ended",
        title=_("Två hem på fritids gäller inte längre"),
        text=lambda params: gettext("Överenskommelsen om vems fritidsvecka det är gäller inte längre."),
        who=Who.GUARDIANS,
        icon="arrow-right-left",
        box="educare",
    )
)
