"""A believable term: what the schools of the demo have told their families, through the boxes' own actions.

Texts lie in `news` (one file a piece) and `papers`; all days are relative to the day on which the demo is built.
"""

from skolnav.core.tenancy.scope import of_organiser
from skolnav.demo.cast import Cast

from .calendar import tell_ekdals_days, tell_granbys_days
from .news import write_all
from .shelf import fill_shelf
from .whom import Whom


def tell_autumn(cast: Cast) -> None:
    """News, files, links and calendar days of both municipalities."""
    with of_organiser(cast.ekdal.pk):
        whom = Whom(cast.ekdal.pk)
        tell_ekdals_days(whom)
        fill_shelf(whom)
        write_all(whom, "ekdal")
    with of_organiser(cast.granby.pk):
        whom = Whom(cast.granby.pk)
        tell_granbys_days(whom)
        write_all(whom, "granby")
