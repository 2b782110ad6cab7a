"""A file of a few lessons for 5B, and the way through the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from skolnav.core.timetable.models import Lesson

HEAD = "veckodag;start;slut;ämne;ämneskod;klass;lärare;sal;veckor;från datum;till datum"
LESSONS = (
    "måndag;15.00;15.40;Schack;SCH;5B;sara;Sal 214;varje;;",
    "onsdag;15.00;15.40;Kör;;5B;Erik Wall;Aulan;A;;",
    "fredag;15.00;15.40;Läxhjälp;;5B;sara|erik;;2 av 4;;",
)


def file_of(*lines: str, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    return ("\r\n".join([head, *lines]) + "\r\n").encode(encoding)


@pytest.fixture
def upload(cast: Any, client_of: Any, tuesday: Any) -> Callable[..., Any]:
    """Sends a file as the principal (or somebody else) and gives the answer."""

    def send(content: bytes, person: Any = None, name: str = "schema.csv", **more: str) -> Any:
        data = {"file": SimpleUploadedFile(name, content), **more}
        address = f"/personal/schema/fil/{cast.ekdalsskolan.public_id}/"
        return client_of(person or cast.ingrid).post(address, data)

    return send


@pytest.fixture
def bring_in(cast: Any, client_of: Any, upload: Any) -> Callable[..., str]:
    """Sends a file and says yes to its plan; gives the plan as it was shown."""

    def through(content: bytes, **answers: str) -> str:
        address = upload(content)["Location"]
        seen: str = client_of(cast.ingrid).get(address).content.decode()
        client_of(cast.ingrid).post(address, answers)
        return seen

    return through


def brought() -> list[Lesson]:
    """The lessons that files have brought, as they are known by."""
    rows = Lesson.everything.exclude(source_id="").select_related("activity", "room")
    return list(rows.order_by("weekday", "starts_at", "pk"))
