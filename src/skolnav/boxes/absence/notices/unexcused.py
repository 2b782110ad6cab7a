"""Unexcused absence: what the guardians are told the same day, and what the school's own people are told of it.

No text names anybody with protected identity: the params then hold no name.
"""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, Params, register_kind
from skolnav.core.notifications.terms import Channel, When, Who
from skolnav.core.web.words import say_date

AT_ONCE: dict[str, When] = dict.fromkeys((Channel.EMAIL, Channel.PUSH, Channel.SMS), When.AT_ONCE)


def _said(params: Params, child: str) -> dict[str, object]:
    """The texts' words: the child, or `child` where it may not be named; the day; the minutes."""
    day = date.fromisoformat(params["day"])
    return {"name": params.get("name") or child, "day": say_date(day), "minutes": params.get("minutes", 0)}


def _unexcused(params: Params) -> str:
    said = _said(params, gettext("Ditt barn"))
    if params.get("is_late"):
        return (
            gettext("Ogiltig frånvaro, införd i efterhand: %(name)s var borta %(day)s utan anmälan.") % said
        )
    return gettext("Ogiltig frånvaro: %(name)s var borta %(day)s utan anmälan (%(minutes)s minuter).") % said


register_kind(
    Kind(
        key="absence.unexcused",
        title=_("Ogiltig frånvaro"),
        text=_unexcused,
        who=Who.GUARDIANS,
        defaults=AT_ONCE,
        is_urgent=True,
        once_by=frozenset({Channel.SMS}),
        box="absence",
        icon="triangle-alert",
    )
)
register_kind(
    Kind(
        key="absence.settled",
        title=_("Ogiltig frånvaro som är förklarad"),
        text=lambda params: (
            gettext("Frånvaron %(day)s är förklarad: %(name)s har inte längre ogiltig frånvaro.")
            % _said(params, gettext("ditt barn"))
        ),
        who=Who.GUARDIANS,
        defaults={},
        box="absence",
        icon="circle-check",
    )
)
register_kind(
    Kind(
        key="absence.excuse_answered",
        title=_("Svar på din förklaring av frånvaro"),
        text=lambda params: (
            (
                gettext("Förklaringen av frånvaron %(day)s är godtagen.")
                if params.get("is_accepted")
                else gettext("Förklaringen av frånvaron %(day)s är inte godtagen.")
            )
            % _said(params, "")
        ),
        who=Who.GUARDIANS,
        box="absence",
        icon="message-circle",
    )
)
register_kind(
    Kind(
        key="absence.to_telephone",
        title=_("Familjer att ringa om ogiltig frånvaro"),
        text=lambda params: (
            gettext("Ring hem: ingen är nådd om den ogiltiga frånvaron %(day)s: %(name)s")
            % _said(params, gettext("en elev"))
        ),
        who=Who.STAFF,
        is_urgent=True,
        box="absence",
        icon="phone",
    )
)
register_kind(
    Kind(
        key="absence.explained",
        title=_("Ogiltig frånvaro som har förklarats"),
        text=lambda params: (
            gettext("Förklarad frånvaro %(day)s: %(name)s") % _said(params, gettext("en elev"))
        ),
        who=Who.STAFF,
        defaults={},
        box="absence",
        icon="circle-check",
    )
)
register_kind(
    Kind(
        key="absence.excuse_asked",
        title=_("Förklaringar av frånvaro att svara på"),
        text=lambda params: (
            gettext("En vårdnadshavare förklarar frånvaron %(day)s: %(name)s")
            % _said(params, gettext("en elev"))
        ),
        who=Who.STAFF,
        defaults={},
        box="absence",
        icon="message-circle",
    )
)
