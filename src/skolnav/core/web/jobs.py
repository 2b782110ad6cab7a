"""What the worker does for the house's pages, and for the files below, which do not know the worker."""

from datetime import timedelta

from skolnav.core.files.forgotten import remove_forgotten_uploads
from skolnav.core.notifications.jobs import register_job

from .once import forget_old_forms

register_job("files.forgotten_uploads", timedelta(hours=1), remove_forgotten_uploads)
register_job("web.forget_old_forms", None, forget_old_forms)
