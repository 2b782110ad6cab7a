"""What the worker does for absence now and then."""

from datetime import timedelta

from skolnav.core.notifications.jobs import register_job

from . import leave_jobs
from .actions.deadlines import escalate_undelivered, follow_thresholds

__all__ = ["leave_jobs"]

register_job("absence.unexcused_deadline", timedelta(minutes=5), escalate_undelivered)
register_job("absence.thresholds", None, follow_thresholds)
