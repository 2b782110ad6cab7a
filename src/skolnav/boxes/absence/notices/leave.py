"""Leave: asked for, answered, decided.

Texts stand in the bell alone. `name` is the child's first name, empty for one with protected identity; days come as
ISO and are said in the reader's language.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind
from skolnav.core.notifications.terms import Who
from skolnav.core.web.words import say_days


def _what(params: Mapping[str, Any]) -> str:
    """ "Ledighet för Kim 12–14 okt"."""
    days = say_days(date.fromisoformat(params["first"]), date.fromisoformat(params["last"]))
    if not params["name"]:
        return gettext("Ledighet %(days)s") % {"days": days}
    return gettext("Ledighet för %(name)s %(days)s") % {"name": params["name"], "days": days}


def _asked(params: Mapping[str, Any]) -> str:
    return gettext("%(leave)s: säger du ja?") % {"leave": _what(params)}


def _news(params: Mapping[str, Any]) -> str:
    said = {
        "yes": gettext("%(leave)s: alla vårdnadshavare har sagt ja. Nu beslutar skolan."),
        "no": gettext("%(leave)s: den andra vårdnadshavaren har sagt nej."),
        "expired": gettext("%(leave)s: svaret kom inte i tid. Ansökan gäller inte längre."),
        "withdrawn": gettext("%(leave)s: ansökan är tillbakatagen."),
        "given_up": gettext("%(leave)s: ledigheten tas inte ut."),
    }
    return said[params["event"]] % {"leave": _what(params)}


def _decided(params: Mapping[str, Any]) -> str:
    if params["granted"]:
        return gettext("%(leave)s är beviljad") % {"leave": _what(params)}
    return gettext("%(leave)s är inte beviljad") % {"leave": _what(params)}


def _for_staff(params: Mapping[str, Any]) -> str:
    said = {
        "applied": gettext("%(leave)s väntar på ditt beslut"),
        "withdrawn": gettext("%(leave)s: ansökan är tillbakatagen"),
        "given_up": gettext("%(leave)s: familjen tar inte ut ledigheten"),
    }
    return said[params["event"]] % {"leave": _what(params)}


register_kind(
    Kind(
        key="absence.leave_asked",
        title=_("Ledighet som du behöver svara på"),
        text=_asked,
        who=Who.GUARDIANS,
        box="absence",
        icon="hand",
    )
)
register_kind(
    Kind(
        key="absence.leave_news",
        title=_("Svar om ledighet från den andra vårdnadshavaren"),
        text=_news,
        who=Who.GUARDIANS,
        box="absence",
        icon="message-circle",
    )
)
register_kind(
    Kind(
        key="absence.leave_decided",
        title=_("Beslut om ledighet"),
        text=_decided,
        who=Who.GUARDIANS,
        box="absence",
        icon="file-check",
    )
)
register_kind(
    Kind(
        key="absence.leave_for_staff",
        title=_("Ansökningar om ledighet"),
        text=_for_staff,
        who=Who.STAFF,
        box="absence",
        icon="clipboard-list",
        defaults={},
    )
)
