"""The office's entries in the menu."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.web.navigation import Entry, Hat, register

HATS: tuple[Hat, ...] = ("office",)
register(Entry("office-people", "tabs", _("Personer"), "users", "office:start", hats=HATS, order=10))
register(Entry("office-logins", "tabs", _("Inloggningar"), "key-round", "office:logins", hats=HATS, order=20))
register(Entry("office-schools", "tabs", _("Skolor"), "school", "office:schools", hats=HATS, order=30))
register(Entry("office-years", "tabs", _("Läsår"), "calendar-days", "office:years", hats=HATS, order=40))
