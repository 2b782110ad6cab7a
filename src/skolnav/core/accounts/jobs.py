"""What the worker does for accounts."""

from datetime import timedelta

from skolnav.core.notifications.jobs import register_job

from .housekeeping import forget_old
from .mailing import send_waiting_mail

register_job("accounts.mail", timedelta(seconds=5), send_waiting_mail)
register_job("accounts.forget_old", None, forget_old)
