"""What the box's readers are told of: by the bell, and by e-mail where they want it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind

register_kind(
    Kind(
        key="information.news_published",
        title=_("Nyheter från skolan"),
        text=lambda params: gettext("Ny information: %(title)s") % params,
        box="information",
        icon="newspaper",
    )
)
register_kind(
    Kind(
        key="information.news_changed",
        title=_("Ändrade nyheter"),
        text=lambda params: gettext("Ändrad information: %(title)s") % params,
        box="information",
        icon="newspaper",
    )
)
register_kind(
    Kind(
        key="information.reminder",
        title=_("Påminnelser om att läsa"),
        text=lambda params: gettext("Skolan ber dig läsa: %(title)s") % params,
        box="information",
        icon="bell",
    )
)
register_kind(
    Kind(
        key="information.shelf",
        title=_("Nya filer och länkar"),
        text=lambda params: gettext("Ny fil eller länk: %(title)s") % params,
        box="information",
        icon="folder-open",
        defaults={},
    )
)
