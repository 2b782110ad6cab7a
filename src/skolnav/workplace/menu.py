"""The staff's tabs."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.web.navigation import Entry, Hat, register

_STAFF: tuple[Hat, ...] = ("staff",)
register(Entry("my_day", "tabs", _("Min dag"), "sun", "workplace:start", _STAFF, order=10))
register(Entry("publish", "tabs", _("Publicera"), "pencil", "workplace:publish", _STAFF, order=20))
# The bell stands on top of every page; its tab gives way to the day's own pages.
register(Entry("staff_more", "tabs", _("Mer"), "ellipsis", "home:more", _STAFF, order=40))
