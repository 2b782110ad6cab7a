"""What the worker does for the office."""

from datetime import timedelta

from skolnav.core.notifications.jobs import register_job

from .actions.credentials import wipe_old_letters, work_open_runs

register_job("office.credentials", timedelta(seconds=1), work_open_runs)
register_job("office.wipe_letters", timedelta(hours=1), wipe_old_letters)
