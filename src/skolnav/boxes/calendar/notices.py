"""What the calendar tells people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind

from .telling import ADDED, CANCELLED, CHANGED

register_kind(
    Kind(
        key=ADDED,
        title=_("Nytt i kalendern"),
        text=lambda params: gettext("Nytt i kalendern: %(title)s") % params,
        icon="calendar-days",
        box="calendar",
    )
)
register_kind(
    Kind(
        key=CHANGED,
        title=_("Ändrat i kalendern"),
        text=lambda params: gettext("Ändrat i kalendern: %(title)s") % params,
        icon="calendar-days",
        box="calendar",
    )
)
register_kind(
    Kind(
        key=CANCELLED,
        title=_("Inställt i kalendern"),
        text=lambda params: gettext("Inställt: %(title)s") % params,
        icon="calendar-days",
        box="calendar",
    )
)
