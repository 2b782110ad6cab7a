"""Files in folders, and links: placed by staff, opened by families, taken away."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from skolnav.boxes.information.models import Document, Link, NewsItem
from skolnav.core.feed.models import Entry
from skolnav.core.files.models import StoredFile
from skolnav.core.notifications.models import Notice

STAFF = "/personal/information/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _text(response):
    return response.content.decode()


def _pdf(name="Matsedel.pdf"):
    return SimpleUploadedFile(name, PDF, "application/pdf")


@pytest.fixture
def to(cast):
    return {"to": [f"g:{cast.class_5b.public_id}"], "sides": ["1", "2"]}


@pytest.mark.requirement("11-information-1")
@pytest.mark.requirement("0-staff-1")
def test_a_file_in_a_folder_is_opened_by_the_families_it_is_for(to, sara, anna, erik, gun, ulla, client_of):
    client_of(sara).post(
        f"{STAFF}filer/",
        {**to, "folder": " Mat  och kost ", "attachments-new": [_pdf(), _pdf("Allergier.pdf")]},
    )

    assert Notice.everything.count() == 1
    reader = client_of(anna)
    page = _text(reader.get("/information/filer/"))
    assert "Mat och kost" in page
    assert page.index("Allergier") < page.index("Matsedel")
    file = StoredFile.everything.get(name="Matsedel.pdf")
    assert b"".join(reader.get(f"/fil/{file.public_id}/").streaming_content) == PDF
    for stranger in (erik, gun):
        assert "Matsedel" not in _text(client_of(stranger).get("/information/filer/"))
    for stranger in (gun, ulla):
        assert client_of(stranger).get(f"/fil/{file.public_id}/").status_code == 404


@pytest.mark.requirement("11-information-1")
def test_a_link_is_shown_to_the_families_it_is_for(to, sara, anna, erik, client_of):
    link = {
        "address": "www.skolverket.se",
        "title": "Skolverket",
        "description": "Om läroplanen",
        "folder": "",
    }

    client_of(sara).post(f"{STAFF}lankar/", {**to, **link})

    page = _text(client_of(anna).get("/information/lankar/"))
    assert 'href="https://www.skolverket.se"' in page
    assert "Om läroplanen" in page
    assert "Skolverket" not in _text(client_of(erik).get("/information/lankar/"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://filer.example/x", "data:text/html,x", "file:///etc/passwd", "hej hopp"],
)
def test_an_address_that_is_no_page_is_refused_with_words(address, to, sara, client_of):
    answer = client_of(sara).post(f"{STAFF}lankar/", {**to, "address": address, "title": "Fel"})

    assert answer.status_code == 422
    assert "Skriv en webbadress" in _text(answer)
    assert not Link.everything.exists()


def test_a_file_that_is_refused_keeps_the_others_and_what_was_typed(to, sara, client_of):
    client = client_of(sara)
    program = SimpleUploadedFile("spel.pdf", b"MZ" + b"\0" * 100, "application/pdf")

    answer = client.post(f"{STAFF}filer/", {**to, "folder": "Mat", "attachments-new": [_pdf(), program]})

    assert answer.status_code == 422
    assert "spel.pdf: Filen är ett program" in _text(answer)
    assert 'value="Mat"' in _text(answer)
    kept = StoredFile.everything.get()
    assert kept.public_id in _text(answer)

    client.post(f"{STAFF}filer/", {**to, "folder": "Mat", "attachments": [kept.public_id]})
    assert Document.everything.get().title == "Matsedel"


def test_pictures_of_news_are_shown_to_its_readers_alone(form_of, to, sara, anna, erik, client_of):
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "purple").save(drawn, "PNG")
    picture = SimpleUploadedFile("utflykt.png", drawn.getvalue(), "image/png")

    client_of(sara).post(f"{STAFF}ny/", {**form_of(do="publish"), "attachments-new": [picture, _pdf()]})

    file = StoredFile.everything.get(name="utflykt.png")
    item_page = client_of(anna).get("/information/")
    assert "Bilaga" in _text(item_page)
    address = f"/fil/{file.public_id}/960/"
    assert client_of(anna).get(address).status_code == 200
    assert client_of(erik).get(address).status_code == 404


def test_a_copy_of_news_takes_its_files_along_as_files_of_its_own(form_of, sara, anna, client_of):
    writer = client_of(sara)
    writer.post(f"{STAFF}ny/", {**form_of(do="publish"), "attachments-new": [_pdf()]})
    item = NewsItem.everything.get()

    writer.post(f"{STAFF}{item.public_id}/kopia/")
    first, copied = StoredFile.everything.order_by("pk")
    writer.post(f"{STAFF}{NewsItem.everything.latest('pk').public_id}/ta-bort/")

    assert first.path != copied.path
    assert not StoredFile.everything.filter(pk=copied.pk).exists()
    assert b"".join(client_of(anna).get(f"/fil/{first.public_id}/").streaming_content) == PDF


def test_the_file_of_a_draft_is_its_writers_alone(form_of, sara, anna, client_of):
    client_of(sara).post(f"{STAFF}ny/", {**form_of(do="draft"), "attachments-new": [_pdf()]})

    file = StoredFile.everything.get()
    assert client_of(sara).get(f"/fil/{file.public_id}/").status_code == 200
    assert client_of(anna).get(f"/fil/{file.public_id}/").status_code == 404


def test_on_the_shelf_things_are_renamed_and_taken_away_by_their_own_writers(to, sara, erik, anna, client_of):
    client_of(sara).post(f"{STAFF}filer/", {**to, "attachments-new": [_pdf()]})
    address = f"{STAFF}filer/{Document.everything.get().public_id}/"
    file = StoredFile.everything.get()

    for stranger in (erik, anna):
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).post(f"{address}bort/").status_code == 404
    client_of(sara).post(address, {**to, "title": "Höstens matsedel", "folder": "Mat", "version": 1})
    assert "Höstens matsedel" in _text(client_of(anna).get("/information/filer/"))
    stale = client_of(sara).post(address, {**to, "title": "Annat", "version": 1})
    assert "Någon annan har sparat under tiden" in _text(stale)

    client_of(sara).post(f"{address}bort/")
    assert not Document.everything.exists()
    assert not Entry.everything.exists()
    assert client_of(anna).get(f"/fil/{file.public_id}/").status_code == 404


def test_what_is_new_on_the_shelf_is_met_when_the_list_is_opened(to, sara, anna, viewer_of, client_of):
    from skolnav.core.feed.reading import entries_for

    client_of(sara).post(f"{STAFF}lankar/", {**to, "address": "https://a.example", "title": "A"})
    assert [line.is_new for line in entries_for(viewer_of(anna))] == [True]

    client_of(anna).get("/information/lankar/")

    assert [line.is_new for line in entries_for(viewer_of(anna))] == [False]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("room", "statements"), [("filer", 5), ("lankar", 4)])
def test_the_shelf_costs_the_same_for_one_thing_and_for_three(
    count, room, statements, to, sara, anna, client_of, django_assert_num_queries
):
    writer, reader = client_of(sara), client_of(anna)
    for number in range(count):
        writer.post(f"{STAFF}filer/", {**to, "attachments-new": [_pdf(f"Fil {number}.pdf")]})
        writer.post(f"{STAFF}lankar/", {**to, "address": "https://a.example", "title": f"Länk {number}"})
    reader.get(f"/information/{room}/")

    with django_assert_num_queries(statements):
        reader.get(f"/information/{room}/")
