"""Reports of absence: what the other guardian and the mentor are told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.notifications.kinds import Kind, register_kind
from skolnav.core.notifications.terms import Who
from skolnav.core.presence.models import Reason
from skolnav.core.web.words import say_day, say_days, say_moment, say_time


def _when(params: Mapping[str, Any]) -> str:
    """ "i dag", "26–27 nov", "i dag från 10.20", "i dag, vissa lektioner"."""
    first, last = date.fromisoformat(params["first"]), date.fromisoformat(params["last"])
    day = say_day(first) if first == last else say_days(first, last)
    if params["extent"] == "rest" and params["since"] and params["state"] != "well":
        return _("%(day)s från %(time)s") % {
            "day": day,
            "time": say_time(datetime.fromisoformat(params["since"])),
        }
    return _("%(day)s, vissa lektioner") % {"day": day} if params["extent"] == "lessons" else day


def _what(params: Mapping[str, Any]) -> str:
    """ "sjuk i dag"."""
    return f"{str(Reason(params['reason']).label).lower()} {_when(params)}"


def _to_family(params: Mapping[str, Any]) -> str:
    """Who reported what; the row's badge says which child."""
    said = {"what": _what(params), "who": params["who"]}
    if params["state"] == "undone":
        return _("En anmälan om frånvaro är ångrad: %(what)s") % said
    if params["state"] == "well":
        since = datetime.fromisoformat(params["since"])
        return _("Anmäld som frisk igen från %(moment)s") % {"moment": say_moment(since)}
    if params["state"] == "changed":
        return _("En anmälan om frånvaro är ändrad: %(what)s") % said
    if params["by_school"]:
        return _("Skolan har skrivit in frånvaro: %(what)s") % said
    if params["who"]:
        return _("%(who)s har anmält frånvaro: %(what)s") % said
    return _("Frånvaro är anmäld: %(what)s") % said


def _to_mentor(params: Mapping[str, Any]) -> str:
    said = {"pupil": params["pupil"] or _("En elev med skyddade uppgifter"), "what": _what(params)}
    if params["state"] == "undone":
        return _("%(pupil)s: anmälan är ångrad (%(what)s)") % said
    if params["state"] == "well":
        return _("%(pupil)s är frisk igen från %(moment)s") % {
            **said,
            "moment": say_moment(datetime.fromisoformat(params["since"])),
        }
    if params["state"] == "changed":
        return _("%(pupil)s: anmälan är ändrad, %(what)s") % said
    return _("%(pupil)s är anmäld frånvarande: %(what)s") % said


register_kind(
    Kind(
        key="absence.reported",
        title=gettext_lazy("Frånvaro som någon annan har anmält"),
        text=_to_family,
        who=Who.GUARDIANS,
        defaults={},
        box="absence",
        icon="thermometer",
    )
)
register_kind(
    Kind(
        key="absence.mentor",
        title=gettext_lazy("Frånvaro i din mentorsklass"),
        text=_to_mentor,
        who=Who.STAFF,
        defaults={},
        box="absence",
        icon="thermometer",
    )
)
