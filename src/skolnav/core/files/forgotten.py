"""Uploads that nobody attached. The worker calls it (core/web/jobs.py: this floor does not know the worker)."""

from datetime import timedelta

from django.db import transaction

from skolnav.core.tenancy import clock, scope

from .actions import delete_files
from .models import StoredFile

FORGOTTEN_AFTER = timedelta(hours=24)
AT_ONCE = 500


def remove_forgotten_uploads() -> int:
    """Delete uploads that were never attached to anything within a day; returns how many.

    Of all organisers, a few hundred at a time: the worker comes again.
    """
    with scope.over_all_organisers(), transaction.atomic():
        forgotten = StoredFile.everything.filter(owner_id=None, created_at__lt=clock.now() - FORGOTTEN_AFTER)
        return delete_files(actor=None, files=list(forgotten[:AT_ONCE]))
