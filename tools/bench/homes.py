"""python -m tools.bench.homes: makes one municipality ready to be measured, and notes what the driver needs.

Run by the bench, once for each database (DATABASE_URL): it builds what is missing, opens 1,000 sessions of guardians
with three children at two schools, and asks each page once in this process for its bytes and its SQL.
"""

import argparse
import json
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

SESSIONS = 1_000
DEVICE = "bench"
# Scenario -> the URL name of its page.
PAGES = {
    "start": "home:start",
    "bell": "home:bell",
    "bell_count": "home:bell_count",
    "news": "information:index",
    "calendar": "calendar:index",
    "schedule_week": "schedule:index",
}

_HOMES = """SELECT a.id, a.username, a.session_epoch
      FROM accounts_account a JOIN people_guardianship g ON g.guardian_id = a.person_id
      JOIN people_enrolment e ON e.pupil_id = g.pupil_id
     WHERE a.username LIKE 'hem%%'
     GROUP BY a.id HAVING COUNT(*) = 3 AND COUNT(DISTINCT e.school_id) = 2 ORDER BY a.id LIMIT %s"""


def build(schools: int) -> None:
    """The demo, and beside it a municipality of so many schools; what is there already is kept."""
    from django.db import connection
    from rich.progress import Progress

    from skolnav.config.cli.database import prepare_installation
    from skolnav.demo.municipality import NAME, build_municipality

    prepare_installation()
    from skolnav.core.schools.models import Organiser

    if Organiser.objects.filter(name=NAME).exists():
        return
    with Progress() as bars:
        build_municipality(bars, schools=schools)
    with connection.cursor() as cursor:
        # A database that has run for a night: rows known to be visible to all, counts known to the planner.
        cursor.execute("VACUUM ANALYZE")


def open_sessions() -> tuple[list[str], list[str]]:
    """Keys of 1,000 new sessions, and the user names of the guardians behind them in turn."""
    from django.db import connection

    from skolnav.core.accounts.models import AttemptCount, Session, hash_of_key
    from skolnav.core.tenancy import clock

    with connection.cursor() as cursor:
        cursor.execute(_HOMES, [SESSIONS])
        guardians = cursor.fetchall()
    if not guardians:
        raise LookupError("There is no home with three children at two schools.")
    Session.objects.filter(device=DEVICE).delete()
    AttemptCount.objects.all().delete()
    keys = [secrets.token_urlsafe(24) for _ in range(SESSIONS)]
    Session.objects.bulk_create(
        Session(
            session_key=hash_of_key(key),
            session_data="",
            expire_date=clock.now() + timedelta(days=1),
            account_id=guardians[number % len(guardians)][0],
            account_epoch=guardians[number % len(guardians)][2],
            device=DEVICE,
            last_seen_at=clock.now(),
        )
        for number, key in enumerate(keys)
    )
    return keys, [username for _, username, _ in guardians]


def look_at(path: str, key: str) -> dict[str, Any]:
    """A page as it is served: its bytes, how many statements it takes, and those with their parameters."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    client.get(path)  # what is read once in a process is not the page's
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return {
        "path": path,
        "bytes": len(answer.content),
        "sql": len(asked),
        "statements": [
            {"sql": one["sql"], "parameters": one.get("parameters", {})} for one in asked.captured_queries
        ],
        "page": answer.content.decode(),
    }


def main() -> None:
    """Writes sessions.txt, usernames.txt and pages.json into the folder."""
    parser = argparse.ArgumentParser(prog="tools.bench.homes", description=__doc__.splitlines()[0])
    parser.add_argument("--schools", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skolnav.config.settings")
    import django

    django.setup()
    build(options.schools)
    from django.urls import reverse

    from skolnav.demo.people import PASSWORD

    from . import school_day

    school_day.forget_earlier_runs()
    keys, usernames = open_sessions()
    (options.folder / "sessions.txt").write_text("\n".join(keys) + "\n")
    (options.folder / "usernames.txt").write_text("\n".join(usernames) + "\n")
    pages = {name: look_at(reverse(url_name), keys[0]) for name, url_name in PAGES.items()}
    (options.folder / "start.html").write_text(pages["start"]["page"])
    staff = school_day.sessions_of([username for _, username in school_day.STAFF_PAGES.values()])
    for name, (url_name, username) in school_day.STAFF_PAGES.items():
        (options.folder / f"sessions_{name}.txt").write_text(staff[username] + "\n")
        pages[name] = look_at(reverse(url_name), staff[username])
    writes = {
        "absence_report": school_day.write_reports(options.folder, keys, usernames),
        "attendance_save": school_day.write_registers(options.folder),
    }
    forms = {name: school_day.send_one(options.folder, name, count) for name, count in writes.items()}
    login = {"path": reverse("login:password"), "password": PASSWORD}
    (options.folder / "pages.json").write_text(
        json.dumps({"pages": pages, "writes": forms, "login": login}, indent=1)
    )


if __name__ == "__main__":
    main()
