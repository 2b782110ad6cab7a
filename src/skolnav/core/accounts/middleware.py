"""Session, account and viewer of a request, read in one statement."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from skolnav.core.access.building import COLUMN_COUNT, day_parameters, read_viewer, viewer_statement
from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from skolnav.core.tenancy.statements import as_parameter, dialect, rows

from .models import Account, Session, hash_of_key

SEEN_EVERY = timedelta(minutes=10)
# A login lasts as long as it is used (SESSION_COOKIE_AGE without use ends it), but no longer than this in all.
LONGEST = timedelta(days=90)

# What is valid today decides: an ended custody or duty is gone from the very next request.
_BY_SESSION = viewer_statement(
    source="""accounts_session s
      JOIN accounts_account a ON a.id = s.account_id AND a.session_epoch = s.account_epoch AND a.is_active
      JOIN people_person p ON p.id = a.person_id""",
    where="s.session_key = %(session)s AND s.expire_date > %(now)s::timestamptz",
    more=""", a.id, a.username, a.language, a.must_change_password,
    (SELECT COUNT(*) FROM notifications_delivery n
      WHERE n.person_id = p.id AND n.channel = 'bell' AND n.read_at IS NULL AND n.cut_at IS NULL
        AND n.due_at <= %(now)s::timestamptz),
    s.last_seen_at""",
)


class SessionAndViewer:
    """Sets request.session, request.user and request.viewer, and enters the tenant's scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.store = import_module(settings.SESSION_ENGINE).SessionStore

    def __call__(self, request: Any) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = self.store(key)
        request.viewer, request.user, is_prolonged = (
            viewer_of_session(key) if key else (None, AnonymousUser(), False)
        )
        if request.viewer is None:
            response = self.get_response(request)
        else:
            with of_organiser(request.viewer.organiser_id):
                response = self.get_response(request)
        return self._with_cookie(request, response, is_prolonged)

    def _with_cookie(self, request: Any, response: HttpResponse, is_prolonged: bool) -> HttpResponse:
        """Save a session that changed, and hand its key over; drop a cookie that opens nothing."""
        session, name = request.session, settings.SESSION_COOKIE_NAME
        if session.modified and not session.is_empty() and response.status_code < 500:
            try:
                session.save()
            except UpdateError:
                # Ended meanwhile, from another device: it stays ended.
                response.delete_cookie(name, samesite="Lax")
                return response
            self._hand_over(response, session.session_key)
        elif is_prolonged and not session.modified:
            self._hand_over(response, session.session_key)
        elif name in request.COOKIES and (session.modified or request.viewer is None):
            response.delete_cookie(name, samesite="Lax")
        return response

    @staticmethod
    def _hand_over(response: HttpResponse, key: str) -> None:
        age = settings.SESSION_COOKIE_AGE
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            key,
            max_age=age,
            expires=http_date(clock.now().timestamp() + age),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        patch_vary_headers(response, ("Cookie",))


def viewer_of_session(key: str) -> tuple[Viewer | None, Account | AnonymousUser, bool]:
    """Who a session's key stands for now, and whether it was prolonged just now.

    Nobody when it is unknown, ended, or they have no role today.
    """
    moment, today = clock.now(), clock.today()
    hashed = hash_of_key(key)
    found = rows(
        dialect(_BY_SESSION), {**day_parameters(today), "now": as_parameter(moment), "session": hashed}
    )
    if not found:
        return None, AnonymousUser(), False
    viewer, account = _read(found[0], today)
    if not viewer.has_a_role:
        Session.objects.filter(pk=hashed).delete()
        return None, AnonymousUser(), False
    return viewer, account, _note_seen(hashed, found[0][-1], moment)


def _read(columns: Any, today: date) -> tuple[Viewer, Account]:
    account_id, username, language, must_change, unread = columns[COLUMN_COUNT : COLUMN_COUNT + 5]
    viewer = read_viewer(
        columns,
        today,
        account_id=account_id,
        username=username,
        language=language,
        must_change_password=bool(must_change),
        unread_bell=unread,
    )
    # The rest of the account's columns are read if somebody asks for them.
    account = Account.from_db("default", ["id", "username"], [account_id, username])
    return viewer, account


def _note_seen(hashed: str, last_seen: Any, moment: datetime) -> bool:
    """Now and then, so that "Mina enheter" is true without a write on every page; True if the session was prolonged."""
    if isinstance(last_seen, str):
        last_seen = datetime.fromisoformat(last_seen)
    if timezone.is_naive(last_seen):
        last_seen = last_seen.replace(tzinfo=UTC)
    if moment - last_seen <= SEEN_EVERY:
        return False
    until = moment + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    young = Session.objects.filter(pk=hashed, created_at__gt=until - LONGEST)
    if young.update(last_seen_at=moment, expire_date=until):
        return True
    Session.objects.filter(pk=hashed).update(last_seen_at=moment)
    return False
