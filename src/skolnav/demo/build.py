"""Building the demo once: both municipalities, their people, and an autumn of news and days."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from rich.console import RenderableType
from rich.progress import Progress
from rich.table import Table

from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy.scope import of_organiser

from .autumn import tell_autumn
from .autumn.readers import read_some
from .cast import build_cast
from .lessons import build_lessons, fill_granbys_lessons, fill_lessons
from .municipality import build_municipality
from .past import let_the_past_be_told
from .people import PASSWORD
from .schooldays import live_through_days
from .towns import fill_ekdal, fill_granby

# Who is good for what; docs/demo.md tells more.
LOGINS = (
    ("anna", "guardian of Kim (5B) and Alva (2A), at two schools"),
    ("omar", "their other guardian, who lives apart"),
    ("kim", "pupil in 5B"),
    ("maja", "guardian with protected identity; her son is elis"),
    ("robin", "lost custody last week: gets nowhere"),
    ("sara", "teacher and mentor of 5B"),
    ("erik", "teacher, and himself a guardian"),
    ("ulla", "teacher and mentor of 2A at the other school"),
    ("nour", "runs the after-school centre"),
    ("ingrid", "principal of Ekdalsskolan"),
    ("lena", "school administrator of all Ekdal"),
    ("greta", "administrator of the other municipality"),
)


def build_demo(*, size: str, progress: Progress) -> RenderableType:
    """Make what is missing and return the table of logins.

    `size` is "small" (Ekdal and Granby) or "municipality" (100,000 pupils, for the bench). What is there
    already is kept: a second run changes nothing.
    """
    if not Organiser.objects.exists():
        _build_small(progress)
    if size == "municipality":
        build_municipality(progress)
    return _logins()


def _build_small(progress: Progress) -> None:
    bar = progress.add_task("Ekdal and Granby", total=4)
    with transaction.atomic():
        cast = build_cast()
        progress.advance(bar)
        password_hash = make_password(PASSWORD)
        with of_organiser(cast.ekdal.pk):
            fill_ekdal(cast, password_hash)
            build_lessons(cast)
            fill_lessons(cast)
        with of_organiser(cast.granby.pk):
            fill_granby(cast, password_hash)
            fill_granbys_lessons(cast.granby_skola)
        progress.advance(bar)
        tell_autumn(cast)
        live_through_days(cast)
        progress.advance(bar)
        let_the_past_be_told(letters_for=cast.people.values())
        read_some(cast)
    progress.advance(bar)


def _logins() -> Table:
    table = Table(title=f"The password of all of them is {PASSWORD}", title_justify="left")
    table.add_column("User name", style="bold")
    table.add_column("Who")
    for username, who in LOGINS:
        table.add_row(username, who)
    return table
