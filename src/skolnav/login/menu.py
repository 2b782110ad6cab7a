"""What stands under the name, and the help page at the foot of every page."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.web.navigation import Entry, register

register(Entry("username", "account", _("Ändra användarnamn"), "pencil", "account:username", order=10))
register(Entry("account", "account", _("Min sida"), "circle-user-round", "account:index", order=20))
register(Entry("help", "footer", _("Frågor och svar"), "circle-help", "help:index", order=10))
