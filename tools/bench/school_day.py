"""What the bench drives of the school day: staff's sessions, and forms that are each sent once.

Used by `homes`, in the process that has prepared the database.
"""

import itertools
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# Who opens which of the staff's pages: scenario -> (URL name, user name).
STAFF_PAGES = {
    "office_desk": ("absence_staff:index", "storrektor0"),
    "fritids_day": ("educare_staff:index", "fritids0"),
}
# The forms that are written: scenario -> the file of those that wait to be sent.
FORMS = {"absence_report": "reports.txt", "attendance_save": "registers.txt"}
REPORTS_AHEAD = 4  # school days: each child of a home is reported once for each


def sessions_of(usernames: list[str]) -> dict[str, str]:
    """A new session's key for each user name."""
    from skolnav.core.accounts.models import Account, Session, hash_of_key
    from skolnav.core.tenancy import clock

    keys = {}
    for account in Account.objects.filter(username__in=usernames):
        keys[account.username] = secrets.token_urlsafe(24)
        Session.objects.create(
            session_key=hash_of_key(keys[account.username]),
            session_data="",
            expire_date=clock.now() + timedelta(days=1),
            account=account,
            account_epoch=account.session_epoch,
            device="bench",
            last_seen_at=clock.now(),
        )
    return keys


def forget_earlier_runs() -> None:
    """What an earlier bench has written: else its forms would be answered with "that is known already"."""
    from skolnav.boxes.absence.models import AbsenceReport, Register
    from skolnav.core.presence.models import Absence
    from skolnav.core.tenancy.scope import over_all_organisers

    with over_all_organisers():
        Absence.everything.all().delete()
        AbsenceReport.everything.all().delete()
        Register.everything.all().delete()


def write_reports(folder: Path, keys: list[str], usernames: list[str]) -> int:
    """Forms of guardians who report a child ill: for each a child and a day that nobody has reported. How many."""
    from django.urls import reverse

    from skolnav.core.access.building import build_viewer
    from skolnav.core.accounts.models import Account
    from skolnav.core.schools.calendar import school_calendar
    from skolnav.core.tenancy import clock

    people = dict(Account.objects.filter(username__in=usernames).values_list("username", "person_id"))
    address, today, lines = reverse("absence:report"), clock.today(), []
    of_home: dict[str, str] = {}
    for key, username in zip(keys, itertools.cycle(usernames), strict=False):
        of_home.setdefault(username, key)
    for username, key in of_home.items():
        viewer = build_viewer(people[username])
        calendar = school_calendar(viewer.organiser_id, today, today + timedelta(days=14))
        for pupil in viewer.children:
            days = calendar.school_days(
                pupil.school_id, today + timedelta(days=1), today + timedelta(days=14)
            )
            lines += [_report(key, address, pupil.public_id, day) for day in days[:REPORTS_AHEAD]]
    # A child after the other, so that no home waits for itself.
    shuffled = sorted(lines, key=lambda line: hash(line) % 99991)
    (folder / FORMS["absence_report"]).write_text("\n".join(shuffled) + "\n")
    return len(lines)


def _report(key: str, address: str, pupil: str, day: date) -> str:
    fields = {
        "children": pupil,
        "when": day.isoformat(),
        "reason": "ill",
        "form_id": secrets.token_urlsafe(12),
    }
    return f"{key}\t{address}\t{urlencode(fields)}"


def write_registers(folder: Path) -> int:
    """Forms of the large school's teachers: a class of 25 with one who is late, the latest lesson first. How many."""
    from skolnav.core.access.building import build_viewer
    from skolnav.core.accounts.models import Account
    from skolnav.core.tenancy import clock
    from skolnav.core.timetable.computing import timetable_of_teacher
    from skolnav.demo.municipality_days import CLASSES_OF_THE_LARGE

    names = [f"storlarare{number}" for number in range(len(CLASSES_OF_THE_LARGE)) if _takes_lessons(number)]
    keys, today = sessions_of(names), clock.today()
    lines: list[str] = []
    for account in Account.objects.filter(username__in=names):
        viewer = build_viewer(account.person_id)
        found = timetable_of_teacher(viewer.organiser_id, viewer.person_id, today - timedelta(days=70), today)
        lessons = [one for one in found.occurrences if one.is_teaching and one.ends < clock.now()]
        lines += [_register(keys[account.username], viewer.organiser_id, one) for one in reversed(lessons)]
    (folder / FORMS["attendance_save"]).write_text("\n".join(_by_turns(lines, len(names))) + "\n")
    return len(lines)


def _takes_lessons(number: int) -> bool:
    """Whether the class is taken lesson by lesson: past the years with one register a day."""
    from skolnav.demo.municipality_days import CLASSES_OF_THE_LARGE

    return int(CLASSES_OF_THE_LARGE[number][:-1]) > 3


def _register(key: str, organiser_id: int, lesson: Any) -> str:
    from skolnav.boxes.absence.queries.occasions import of_lesson
    from skolnav.core.tenancy.scope import of_organiser

    with of_organiser(organiser_id):
        pupils = _pupils_of(frozenset(lesson.group_ids), lesson.day)
    occasion = of_lesson(organiser_id, lesson)
    fields = {"version": "0", "form_id": secrets.token_urlsafe(12)}
    for number, pupil in enumerate(pupils):
        fields |= {
            f"s-{pupil}": "late" if number == 7 else "present",
            f"d-{pupil}": "present",
            f"late-{pupil}": "5",
        }
    return f"{key}\t{occasion.address}\t{urlencode(fields)}"


_known: dict[frozenset[int], list[str]] = {}


def _pupils_of(group_ids: frozenset[int], day: date) -> list[str]:
    from skolnav.core.people.models import Membership

    if group_ids not in _known:
        rows = Membership.everything.filter(Membership.valid_on(day), group__in=group_ids)
        _known[group_ids] = list(rows.values_list("person__public_id", flat=True))
    return _known[group_ids]


def _by_turns(lines: list[str], parts: int) -> Iterator[str]:
    """One of each teacher's after the other."""
    size = -(-len(lines) // parts)
    columns = [lines[start : start + size] for start in range(0, len(lines), size)]
    for row in itertools.zip_longest(*columns):
        yield from (line for line in row if line)


def send_one(folder: Path, name: str, count: int) -> dict[str, Any]:
    """Send the last of a file's forms in this process: how many statements it takes, and that it is accepted."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    if not count:
        return {"file": FORMS[name], "forms": 0, "sql": 0}
    key, address, body = (folder / FORMS[name]).read_text().splitlines()[-1].split("\t")
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
    if answer.status_code != 302:
        raise RuntimeError(f"{name}: {address} answered {answer.status_code} instead of leading on.")
    return {"file": FORMS[name], "forms": count - 1, "sql": len(asked)}
