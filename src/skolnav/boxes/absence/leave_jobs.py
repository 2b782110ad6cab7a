"""What the worker does for leave."""

from datetime import timedelta

from skolnav.core.notifications.jobs import register_job

from .actions.leave_consents import follow_consents

register_job("absence.leave_consents", timedelta(hours=1), follow_consents)
