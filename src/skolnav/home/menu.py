"""The tabs at the foot of a family's phone."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.web.navigation import Entry, Hat, register

_FAMILY: tuple[Hat, ...] = ("family",)
register(Entry("today", "tabs", _("Idag"), "sun", "home:start", _FAMILY, per_child="home:child", order=10))
register(
    Entry(
        "calendar", "tabs", _("Kalender"), "calendar-days", "calendar:index", _FAMILY,
        per_child="calendar:index", order=20,
    )
)  # fmt: skip
register(Entry("notices", "tabs", _("Notiser"), "bell", "home:bell", _FAMILY, order=30))
register(Entry("more", "tabs", _("Mer"), "ellipsis", "home:more", _FAMILY, order=40))
register(Entry("notice_choices", "account", _("Välj notiser"), "bell", "account:notices", order=40))
