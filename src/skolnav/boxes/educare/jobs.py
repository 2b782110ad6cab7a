"""What the worker does for fritids."""

from datetime import timedelta

from skolnav.core.notifications.jobs import register_job

from .actions.rounds import remind_of_rounds

register_job("educare.holiday_reminders", timedelta(hours=1), remind_of_rounds)
