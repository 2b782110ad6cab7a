"""Objects behind every kind of door: Ekdal's (Kim's and 5B's) and Granby's."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from skolnav.boxes.calendar.actions import Content as Day
from skolnav.boxes.calendar.actions import add_entry
from skolnav.boxes.information.actions.news import Content, publish_news, write_news
from skolnav.boxes.information.actions.shelf import place_documents, place_link
from skolnav.conftest import OutsideClient, current_cast, has_account, logged_in
from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.models import Side, group_key
from skolnav.core.files.actions import store_upload
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Group, Person
from skolnav.core.publishing.models import Target
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from skolnav.office.models import CredentialRun

from .doors import OF_BOXES


@dataclass(frozen=True)
class Home:
    """Who stands for a municipality at its doors."""

    writer: Person
    guardian: Person
    pupil: Person
    office: Person
    group: Group
    role: str
    lost_custody: Person | None = None

    @property
    def school(self) -> SchoolUnit:
        return SchoolUnit.objects.get(pk=self.group.school_id)

    @property
    def audience(self) -> list[Target]:
        return [Target(group_key(self.group.pk), self.group.school_id, Side.BOTH)]


def objects_of(home: Home) -> dict[str, str]:
    """One row of each kind that an address can name, written to the group: name -> public id."""
    actor = build_viewer(home.writer.pk)
    news, file = _news(actor, home)
    run = CredentialRun.everything.create(
        organiser_id=actor.organiser_id,
        title="5B",
        channel="letter",
        asked_by_id=home.office.pk,
        school=home.school,
    )
    rows = {
        "pupil": home.pupil,
        "guardian": home.guardian,
        "colleague": home.writer,
        "school": home.school,
        "group": home.group,
        "news": news,
        "file": file,
        "entry": _entry(actor, home),
        "document": _document(actor, home),
        "link": _link(actor, home),
        "run": run,
        "draft": write_news(actor=actor, content=Content("Utkast", audience=home.audience)),
        "lost_custody": home.lost_custody or home.guardian,
    }
    for box in OF_BOXES:
        rows |= box.rows(home) if hasattr(box, "rows") else {}
    sweep()
    rows["notice"] = Delivery.everything.filter(person=home.guardian, channel="bell").first().notice
    return {"role": home.role} | {
        name: row if isinstance(row, str) else row.public_id for name, row in rows.items()
    }


def _news(actor: Viewer, home: Home) -> tuple[Any, Any]:
    file = store_upload(actor=actor, upload=_picture())
    item = write_news(actor=actor, content=Content("Friluftsdag", audience=home.audience, files=[file]))
    publish_news(actor=actor, item=item)
    return item, file


def _entry(actor: Viewer, home: Home) -> Any:
    day = clock.today()
    return add_entry(actor=actor, content=Day("activity", "Prov", day, day), audience=home.audience)


def _document(actor: Viewer, home: Home) -> Any:
    file = store_upload(actor=actor, upload=_picture())
    return place_documents(actor=actor, files=[file], folder="", audience=home.audience)[0]


def _link(actor: Viewer, home: Home) -> Any:
    return place_link(
        actor=actor,
        title="Kommunen",
        address="https://ekdal.example",
        description="",
        folder="",
        audience=home.audience,
    )


def _picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "purple").save(drawn, "PNG")
    return SimpleUploadedFile("bild.png", drawn.getvalue(), "image/png")


@dataclass(frozen=True)
class Doors:
    """What stands behind the doors (municipality -> kind of row -> public id), and who knocks."""

    ekdal: dict[str, str]
    granby: dict[str, str]
    clients: dict[str, OutsideClient]


@pytest.fixture(scope="module")
def doors(django_db_setup: None, django_db_blocker: Any) -> Iterator[Doors]:
    """Made once for the module, in a transaction of its own: each test undoes what it did itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = current_cast()
        with of_organiser(cast.granby.pk):
            group = Group.everything.get(school=cast.granby_skola)
            granby = objects_of(Home(cast.greta, cast.gun, cast.nils, cast.greta, group, "administrator"))
        with of_organiser(cast.ekdal.pk):
            home = Home(cast.sara, cast.anna, cast.kim, cast.lena, cast.class_5b, "teacher", cast.robin)
            ekdal = objects_of(home)
        clients = {name: logged_in(person) for name, person in cast.people.items() if has_account(person)}
        yield Doors(ekdal, granby, clients | {"visitor": OutsideClient()})
        transaction.set_rollback(True)
