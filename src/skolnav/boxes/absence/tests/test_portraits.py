"""Pictures in the class list: for its staff, never for families, never of anybody who is protected."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from skolnav.core.audit.models import AuditRecord
from skolnav.core.files.actions import store_upload
from skolnav.core.files.models import StoredFile
from skolnav.core.files.portraits import Portrait
from skolnav.core.files.portraying import set_portrait
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonSubstitute
from skolnav.core.timetable.storing import stored

from .attendance_parts import FORM, at, lesson_of, more_pupils

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(name="kim.png"):
    drawn = BytesIO()
    Image.new("RGB", (400, 400), "teal").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def portray(viewer, person):
    return set_portrait(actor=viewer, person=person, file=store_upload(actor=viewer, upload=picture()))


def address_of(cast, person, tail=""):
    return f"/personal/franvaro/klass/{cast.class_5b.public_id}/bild/{person.public_id}/{tail}"


def list_of(cast):
    return f"/personal/franvaro/klass/{cast.class_5b.public_id}/"


def test_a_mentor_looks_at_a_picture_and_keeps_it(sara, erik, anna, ulla, cast, client_of):
    client, address = client_of(sara), address_of(cast, cast.kim)

    shown = client.post(address, {"picture": picture(), "visa": "ja", "form_id": FORM}).content.decode()
    file = StoredFile.everything.get()
    assert file.small in shown
    assert not Portrait.everything.exists()
    for _ in range(2):
        client.post(address, {"shown": file.public_id, "spara": "ja", "form_id": FORM})

    assert Portrait.everything.get().person == cast.kim
    assert AuditRecord.objects.filter(act="set_portrait").count() == 1
    for person, status in ((sara, 200), (erik, 200), (anna, 404), (cast.kim, 404), (ulla, 404)):
        assert client_of(person).get(file.small).status_code == status
    assert file.small in client_of(erik).get(list_of(cast)).content.decode()


def test_a_new_one_takes_the_old_ones_place_and_removal_leaves_nothing(sara, cast, client_of, viewer_of,
                                                                       django_capture_on_commit_callbacks):  # fmt: skip
    old = portray(viewer_of(sara), cast.kim)
    path = StoredFile.everything.get().path

    with django_capture_on_commit_callbacks(execute=True):
        assert portray(viewer_of(sara), cast.kim) == old
    assert StoredFile.everything.count() == 1
    assert not default_storage.exists(path)
    client_of(sara).post(address_of(cast, cast.kim, "ta-bort/"), {"form_id": FORM})

    assert not Portrait.everything.exists()
    assert not StoredFile.everything.exists()
    assert AuditRecord.objects.filter(act="remove_portrait").count() == 1


def test_who_is_protected_has_none_and_loses_what_there_was(sara, cast, client_of, viewer_of):
    assert client_of(sara).get(address_of(cast, cast.elis)).status_code == 404
    with pytest.raises(NotAllowed):
        portray(viewer_of(sara), cast.elis)
    portray(viewer_of(sara), cast.kim)
    file = Portrait.everything.get() and StoredFile.everything.get(owner_type="files.portrait")

    Person.everything.filter(pk=cast.kim.pk).update(is_protected=True)

    assert client_of(sara).get(file.small).status_code == 404
    assert file.small not in client_of(sara).get(list_of(cast)).content.decode()


def test_who_may_not_set_one(cast, client_of, viewer_of):
    for name in ("erik", "ulla", "nour", "pelle", "anna", "kim", "greta"):
        client = client_of(cast.people[name])
        assert client.get(address_of(cast, cast.kim)).status_code == 404
        assert (
            client.post(address_of(cast, cast.kim), {"picture": picture(), "spara": "ja"}).status_code == 404
        )
        assert client.post(address_of(cast, cast.kim, "ta-bort/")).status_code == 404
    assert client_of(cast.sara).get(address_of(cast, cast.alva)).status_code == 404
    assert not StoredFile.everything.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"shown": "1" * 16},
        {"shown": "../../x\0"},
        {"picture": SimpleUploadedFile("a.png", b"no picture", "image/png")},
        {"picture": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")},
    ],
)
def test_what_is_no_picture_is_refused_in_words(sara, cast, client_of, posted):
    response = client_of(sara).post(address_of(cast, cast.kim), posted | {"spara": "ja", "form_id": FORM})

    assert response.status_code == 422
    assert "Något behöver rättas" in response.content.decode()
    assert not Portrait.everything.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_pictures_cost_the_same_for_one_and_three(
    sara, cast, client_of, viewer_of, number, django_assert_num_queries
):
    for pupil in more_pupils(cast, number):
        portray(viewer_of(sara), pupil)
    client = client_of(sara)

    with django_assert_num_queries(7):
        assert client.get(list_of(cast)).content.decode().count('<img src="/fil/') == number


def test_a_substitute_sees_the_class_and_its_pictures_around_the_lesson_alone(
    pelle, sara, kim, cast, client_of, tuesday, viewer_of
):
    portray(viewer_of(sara), kim)
    lesson = lesson_of(cast)
    occurrence = stored(lesson, cast.ekdal.pk)
    LessonSubstitute.objects.create(occurrence=occurrence, person=pelle, set_by=sara, set_at=clock.now())
    address = f"/personal/franvaro/klass/{cast.class_5b.public_id}/"
    seen = {}

    for moment in (at(7, 39), at(7, 40), at(10, 10), at(10, 11)):
        tuesday.move_to(moment)
        seen[moment] = client_of(pelle).get(address).status_code

    assert list(seen.values()) == [404, 200, 200, 404]
    tuesday.move_to(at(8, 30))
    assert "Kim" in client_of(pelle).get(address).content.decode()
    assert Portrait.objects.visible_to(viewer_of(pelle)).get().person == kim
    tuesday.move_to(at(10, 11))
    assert not Portrait.objects.visible_to(viewer_of(pelle)).exists()
    tuesday.move_to(at(8, 30))
    assert client_of(pelle).get(f"/personal/franvaro/klass/{cast.class_2a.public_id}/").status_code == 404
