"""/halsa/: whether the installation lives, for whoever watches over it. No details to strangers."""

from datetime import datetime, timedelta
from importlib import import_module

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from skolnav.core.access.pages import page, public
from skolnav.core.tenancy import clock

WORKER_SILENT = timedelta(minutes=2)


@require_safe
@page(public)
def health(request: HttpRequest) -> HttpResponse:
    """200 while database and worker answer, else 503; `{"status": "ok", "database": true, "worker": true}`."""
    database = _database_answers()
    worker = database and _worker_lives()
    alive = database and worker
    found = {"status": "ok" if alive else "unwell", "database": database, "worker": worker}
    return JsonResponse(found, status=200 if alive else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _worker_lives() -> bool:
    """The worker leaves a sign of life with every sweep."""
    try:
        last_seen: datetime | None = import_module("skolnav.core.notifications.heartbeat").last_seen()
    except (ImportError, DatabaseError):
        return False
    return last_seen is not None and clock.now() - last_seen < WORKER_SILENT
