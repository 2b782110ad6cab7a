"""Downloads: the same answer for unknown and forbidden, and nothing that a browser takes for a page."""

import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from skolnav.core.files.actions import set_files_of, store_upload
from skolnav.core.files.tests import samples
from skolnav.core.people.models import Guardianship

pytestmark = pytest.mark.requirement("15-security-1")


@pytest.fixture
def take_in(viewer_of, sara):
    def store(content, name, owner=None):
        file = store_upload(actor=viewer_of(sara), upload=samples.upload(content, name))
        if owner:
            set_files_of(actor=viewer_of(sara), owner=owner, files=[file])
        return file

    return store


def address(file, width=None):
    if width:
        return reverse("files:picture", kwargs={"file": file.public_id, "width": width})
    return reverse("files:download", kwargs={"file": file.public_id})


def without_token_and_address(response):
    """What a page says, but for the form token and the address that was asked for."""
    return re.sub(rb'value="[^"]*"', b"", response.content)


def body(response):
    return b"".join(response.streaming_content)


def test_a_guardian_reads_a_picture_of_her_childs_class_and_others_do_not(
    client_of, take_in, owner, anna, kim, ulla, erik, greta
):
    file = take_in(samples.photo_with_place(), "Skogen.JPG", owner)

    for person in (anna, kim):
        client = client_of(person)
        full, small = client.get(address(file)), client.get(address(file, 320))
        assert (full.status_code, full["Content-Type"]) == (200, "image/jpeg")
        assert (small.status_code, small["Content-Type"]) == (200, "image/webp")
        assert full["Content-Disposition"] == 'inline; filename="Skogen.jpg"'
        assert body(full).startswith(b"\xff\xd8")
        assert body(small).startswith(b"RIFF")
    for person in (ulla, erik, greta):
        client = client_of(person)
        assert client.get(address(file)).status_code == 404
        assert client.get(address(file, 320)).status_code == 404


def test_unknown_and_forbidden_are_the_same(client_of, take_in, owner, ulla, django_assert_num_queries):
    file = take_in(samples.PDF, "a.pdf", owner)
    client = client_of(ulla)
    unknown = address(file).replace(file.public_id, "1" * 16)
    client.get(unknown)

    with django_assert_num_queries(2):
        forbidden = client.get(address(file))
    with django_assert_num_queries(2):
        missing = client.get(unknown)

    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert without_token_and_address(forbidden) == without_token_and_address(missing)


def test_somebody_not_logged_in_gets_no_file(visitor, take_in, owner):
    file = take_in(samples.PDF, "a.pdf", owner)

    response = visitor.get(address(file))

    assert response.status_code == 302
    assert "logga-in" in response["Location"]


def test_custody_that_ends_ends_the_files_at_once(client_of, take_in, owner, anna, kim, cast):
    file, client = take_in(samples.PDF, "a.pdf", owner), client_of(anna)
    assert client.get(address(file)).status_code == 200

    Guardianship.everything.filter(guardian=anna, pupil=kim).delete()

    assert client.get(address(file)).status_code == 404


def test_a_loose_upload_is_its_uploaders_alone(client_of, take_in, sara, erik, lena):
    file = take_in(samples.PDF, "a.pdf")

    assert client_of(sara).get(address(file)).status_code == 200
    for person in (erik, lena):
        assert client_of(person).get(address(file)).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (samples.PDF, "Brev å.pdf", "inline; filename*=utf-8''Brev%20%C3%A5.pdf"),
        (samples.docx(), "lista.docx", 'attachment; filename="lista.docx"'),
        (b"Hej!", "hej.txt", 'attachment; filename="hej.txt"'),
        (b"a;b", "hej.csv", 'attachment; filename="hej.csv"'),
        (samples.MP4, "film.mp4", 'attachment; filename="film.mp4"'),
    ],
)
def test_headers_let_no_file_act_as_a_page(client_of, take_in, sara, content, name, disposition):
    response = client_of(sara).get(address(take_in(content, name)))

    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "html" not in response["Content-Type"]
    assert len(body(response)) == len(content)


def test_a_width_that_is_not_there_and_bytes_that_are_gone_are_404(client_of, take_in, sara):
    client, pdf, photo = client_of(sara), take_in(samples.PDF, "a.pdf"), take_in(samples.picture(), "a.jpg")
    default_storage.delete(photo.path)

    assert client.get(address(pdf, 320)).status_code == 404
    assert client.get(address(photo, 321)).status_code == 404
    assert client.get(address(photo)).status_code == 404
