"""The way to the demo's mailbox; it shows only where the page is there."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.web.navigation import Entry, register

register(Entry("mailbox", "footer", _("Brevlådan i demon"), "mail", "demo:mailbox", order=90))
