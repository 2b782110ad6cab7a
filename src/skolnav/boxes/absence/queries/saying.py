"""When somebody is away, in words."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from skolnav.core.presence.models import Absence
from skolnav.core.presence.stretches import Away, joined
from skolnav.core.tenancy import clock
from skolnav.core.web.words import say_day, say_days, say_time, say_times

# A break between two lessons that one is away from is no coming back.
_A_BREAK = timedelta(minutes=30)


def said_when(absences: Sequence[Absence]) -> str:
    """ "i dag", "26–27 nov", "i dag från 10.20", "i morgon 13.00–14.20, fre 27 nov"."""
    whole = [one for one in absences if one.is_whole_day]
    said = []
    if whole:
        first, last = whole[0].day, whole[-1].day
        said.append(say_day(first) if first == last else say_days(first, last))
    for day, parts in groupby((one for one in absences if not one.is_whole_day), key=lambda one: one.day):
        said.append(f"{say_day(day)} {said_times(list(parts))}")
    return ", ".join(said)


def said_times(parts: Sequence[Absence]) -> str:
    """The stretches of one day: "från 10.20", "13.00–14.20", "till 10.20"."""
    return ", ".join(_said(one) for one in _over_breaks(parts))


def _over_breaks(parts: Sequence[Absence]) -> list[Away]:
    longer = [Away(one.day, one.starts, one.ends + _A_BREAK) for one in parts]
    ends = {one.ends + _A_BREAK: one.ends for one in parts}
    return [Away(one.day, one.begins, ends.get(one.until, one.until)) for one in joined(longer)]


def _said(one: Away) -> str:
    if one.until >= clock.end_of(one.day):
        return _("från %(time)s") % {"time": say_time(one.begins)}
    if one.begins <= clock.start_of(one.day):
        return _("till %(time)s") % {"time": say_time(one.until)}
    return say_times(one.begins, one.until)
