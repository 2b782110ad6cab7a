"""A teacher writes: drafts, publishes now or at a time, changes, withdraws, copies; and nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from skolnav.boxes.information.actions.news import publish_news
from skolnav.boxes.information.models import NewsItem
from skolnav.core.audit.models import AuditRecord
from skolnav.core.feed.models import Entry
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import AssignmentRole
from skolnav.core.tenancy import clock

STAFF = "/personal/information/"
NEW = f"{STAFF}ny/"


def _text(response):
    return response.content.decode()


def _only():
    return NewsItem.everything.select_related("publication", "withdrawal").get()


@pytest.mark.requirement("0-staff-1")
def test_a_teacher_publishes_to_her_class_in_one_form(form_of, sara, anna, cast, client_of):
    client = client_of(sara)
    page = _text(client.get(NEW))
    assert "5B" in page
    assert "Når 2 elever och 3 vårdnadshavare." in page
    assert "Hela Ekdalsskolan" not in page

    answer = client.post(NEW, form_of(do="publish", body="# Hej\n\nTa med matsäck."))

    item = _only()
    assert answer.url == f"{STAFF}{item.public_id}/"
    assert item.body_html == '<h2 dir="auto">Hej</h2>\n<p dir="auto">Ta med matsäck.</p>\n'
    assert item.excerpt == "Hej Ta med matsäck."
    assert item.author_id == sara.pk
    assert Entry.everything.get().title == "Friluftsdag"
    assert Notice.everything.get().kind == "information.news_published"
    assert list(AuditRecord.objects.filter(subject_id=item.pk).values_list("act", flat=True)) == [
        "write_news",
        "publish_news",
    ]
    assert "Friluftsdag" in _text(client_of(anna).get("/information/"))


@pytest.mark.parametrize("somebody", ["anna", "kim", "gun"])
def test_families_do_not_find_the_staffs_side(somebody, news, request, client_of):
    item, client = news(), client_of(request.getfixturevalue(somebody))

    for address in (
        STAFF,
        NEW,
        f"{STAFF}{item.public_id}/",
        f"{STAFF}{item.public_id}/lasare/",
        f"{STAFF}filer/",
    ):
        assert client.get(address).status_code == 404


def test_an_item_is_changed_by_its_author_and_those_who_lead_the_school_alone(
    news, sara, erik, ingrid, lena, ulla, greta, pelle, client_of
):
    address = f"{STAFF}{news().public_id}/"

    for writer in (sara, ingrid, lena):
        assert client_of(writer).get(address).status_code == 200
        assert "Friluftsdag" in _text(client_of(writer).get(STAFF))
    for stranger in (erik, ulla, greta, pelle):
        assert client_of(stranger).get(address).status_code == 404
        assert "Friluftsdag" not in _text(client_of(stranger).get(STAFF))


def test_a_form_for_somebody_elses_class_publishes_nothing_and_keeps_the_text(form_of, cast, sara, client_of):
    foreign = {"to": [f"g:{cast.class_2a.public_id}"]}

    answer = client_of(sara).post(NEW, form_of(do="publish", body="Det jag skrev", **foreign))

    assert answer.status_code == 422
    assert "Det jag skrev" in _text(answer)
    assert not NewsItem.everything.exists()


def test_a_form_sent_twice_publishes_once(form_of, sara, client_of):
    client, form = client_of(sara), form_of(do="publish", form_id="x" * 16)

    first, second = client.post(NEW, form), client.post(NEW, form)

    assert first.url == second.url
    assert NewsItem.everything.count() == 1


def test_a_draft_may_be_for_nobody_yet_and_no_family_sees_it(form_of, sara, anna, client_of):
    answer = client_of(sara).post(NEW, form_of(do="draft", to=[], sides=[]))

    assert answer.status_code == 302
    assert "Utkast" in _text(client_of(sara).get(STAFF))
    assert client_of(anna).get(f"/information/{_only().public_id}/").status_code == 404
    assert not Entry.everything.exists()


@time_machine.travel("2027-03-20T10:00:00Z", tick=False)
def test_published_at_a_time_it_comes_out_then(form_of, sara, ingrid, viewer_of, client_of):
    form = form_of(do="publish", when="sedan", publish_at="2027-03-22T07:30")

    client_of(sara).post(NEW, form)

    assert _only().publication.published_at == datetime(2027, 3, 22, 6, 30, tzinfo=UTC)
    assert Notice.everything.get().due_at == datetime(2027, 3, 22, 6, 30, tzinfo=UTC)
    # Not when it was saved: "Planerad" beside a time that has been reads like a fault.
    assert "mån 22 mars 07.30" in _text(client_of(sara).get("/personal/"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Skriv en rubrik."),
        ({"title": "x" * 201}, "200"),
        ({"body": "x" * 50_001}, "den får ha 50000 tecken"),
        ({"to": []}, "Välj minst en grupp, årskurs eller skola."),
        ({"sides": []}, "Välj vårdnadshavare, elever eller båda."),
        ({"when": "sedan", "publish_at": ""}, "Välj dag och klockslag"),
        ({"when": "sedan", "publish_at": "2020-01-01T08:00"}, "Den tiden har redan varit."),
        ({"when": "sedan", "publish_at": "2031-03-30T02:30"}, "Den tiden finns inte"),
        ({"when": "sedan", "publish_at": "fredag"}, "till exempel 2026-11-26 07:30"),
        ({"visible_until": "2020-01-01"}, "Dagen ligger före publiceringen."),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(fields, words, form_of, sara, client_of):
    form = form_of(do="publish", body="Det jag skrev") | fields

    answer = client_of(sara).post(NEW, form)

    assert answer.status_code == 422
    assert words in _text(answer)
    assert form["body"][:1000] in _text(answer)
    assert form["title"] in _text(answer)
    assert not NewsItem.everything.exists()


def test_news_of_forty_thousand_characters_with_a_script_are_met_well(form_of, sara, anna, client_of):
    body = "<script>alert(1)</script>\n\n" + "Ett ord till. " * 2860

    client_of(sara).post(NEW, form_of(do="publish", body=body))

    item = _only()
    assert item.body == body.strip()
    page = _text(client_of(anna).get(f"/information/{item.public_id}/"))
    assert "alert(1)" not in page
    assert page.count("Ett ord till.") == 2860


def test_a_minor_edit_leaves_it_read_and_a_marked_change_makes_it_new_again(
    news, form_of, sara, anna, client_of
):
    item = news(is_important=True)
    reader, writer = client_of(anna), client_of(sara)
    reader.post(f"/information/{item.public_id}/last/")
    form = form_of(do="save", is_important="on")

    writer.post(f"{STAFF}{item.public_id}/", {**form, "version": 1, "title": "Friluftsdagen"})
    page = _text(reader.get("/information/"))
    assert "Friluftsdagen" in page
    assert "is-new" not in page
    assert Notice.everything.count() == 1

    writer.post(f"{STAFF}{item.public_id}/", {**form, "version": 2, "title": "Inställd", "is_marked": "on"})
    page = _text(reader.get("/information/"))
    assert "is-new" in page
    assert "Ändrad" in page
    assert f"/information/{item.public_id}/last/" in page
    assert set(Notice.everything.values_list("kind", "revision")) == {
        ("information.news_published", 1),
        ("information.news_changed", 2),
    }

    # To look at it is not to confirm it anew.
    reader.get(f"/information/{item.public_id}/")
    assert f"/information/{item.public_id}/last/" in _text(reader.get("/information/"))


def test_two_who_save_at_once_see_both_versions(news, form_of, sara, ingrid, client_of):
    item = news()
    address, form = f"{STAFF}{item.public_id}/", form_of(do="save", version=1)
    client_of(ingrid).post(address, {**form, "body": "Rektorns ord"})

    answer = client_of(sara).post(address, {**form, "body": "Lärarens ord"})

    page = _text(answer)
    assert "Någon annan har sparat under tiden" in page
    assert "Rektorns ord" in page
    assert "Lärarens ord" in page
    assert NewsItem.everything.get().body == "Rektorns ord"

    # Saving again, having seen it, is meant.
    client_of(sara).post(address, {**form, "body": "Lärarens ord", "version": 2})
    assert NewsItem.everything.get().body == "Lärarens ord"


def test_withdrawn_it_is_gone_and_published_again_it_is_back(news, sara, anna, erik, client_of):
    item = news()
    writer, reader, address = client_of(sara), client_of(anna), f"{STAFF}{item.public_id}/"

    assert "försvinner direkt för alla" in _text(writer.get(f"{address}aterkalla/"))
    assert client_of(erik).post(f"{address}aterkalla/").status_code == 404
    writer.post(f"{address}aterkalla/")
    assert reader.get(f"/information/{item.public_id}/").status_code == 404
    assert not Entry.everything.exists()
    assert "Ångra återkallandet" in _text(writer.get(address))

    writer.post(f"{address}publicera/")
    assert reader.get(f"/information/{item.public_id}/").status_code == 200
    assert Entry.everything.exists()


def test_a_draft_for_a_class_that_was_left_is_not_let_out(form_of, news, sara, cast, client_of, viewer_of):
    """Sara is no longer with 5B, and has been given another group; her drafts and what she took back lie there."""
    client, taken_back = client_of(sara), news("Tillbakatagen")
    client.post(f"{STAFF}{taken_back.public_id}/aterkalla/")
    client.post(NEW, form_of(do="draft", title="Utkastet"))
    draft = NewsItem.everything.get(title="Utkastet")
    assert AssignmentRole.everything.filter(duty__person=sara).update(group=cast.educare)

    for item in (draft, taken_back):
        address = f"{STAFF}{item.public_id}/"
        refused = client.post(address, form_of(do="publish", version=item.version))
        client.post(f"{address}publicera/")

        assert refused.status_code == 422
        # (A word of its own: ids may hold the same two characters.)
        assert not re.search(r"\b5B\b", _text(client.get(address)))
        with pytest.raises(NotAllowed):
            publish_news(actor=viewer_of(sara), item=NewsItem.everything.get(pk=item.pk))
    assert not Entry.everything.exists()


def test_an_item_for_nobody_is_not_published_again_and_a_draft_not_withdrawn(
    news, form_of, sara, anna, client_of
):
    item, client = news(), client_of(sara)
    address = f"{STAFF}{item.public_id}/"
    client.post(f"{address}aterkalla/")
    client.post(address, form_of(do="draft", to=[], version=1))

    client.post(f"{address}publicera/")
    assert "Välj först vem nyheten är för." in _text(client.get(address))
    assert not Entry.everything.exists()

    client.post(NEW, form_of(do="draft", title="Utkastet"))
    draft = NewsItem.everything.get(title="Utkastet")
    assert client.post(f"{STAFF}{draft.public_id}/aterkalla/").status_code == 404


def test_what_is_out_cannot_lose_its_readers_by_a_save(news, form_of, sara, client_of):
    item = news()

    answer = client_of(sara).post(f"{STAFF}{item.public_id}/", form_of(do="draft", to=[], version=1))

    assert answer.status_code == 422
    assert NewsItem.everything.get().targets == item.targets


def test_a_planned_item_can_be_moved_and_let_out_now(news, form_of, sara, anna, client_of):
    item = news(at=clock.now() + timedelta(days=2))
    client, address = client_of(sara), f"{STAFF}{item.public_id}/"
    assert "Planerad" in _text(client.get(address))

    client.post(address, form_of(do="save", version=1, title="Nytt namn"))
    assert _only().publication.published_at > clock.now()

    client.post(address, form_of(do="publish", version=2))
    assert client_of(anna).get(f"/information/{item.public_id}/").status_code == 200


def test_a_copy_is_a_draft_of_ones_own(news, sara, ingrid, client_of):
    item = news(body="Samma ord")

    client_of(ingrid).post(f"{STAFF}{item.public_id}/kopia/")

    copy = NewsItem.everything.exclude(pk=item.pk).get()
    assert (copy.title, copy.body, copy.author_id) == ("Friluftsdag", "Samma ord", ingrid.pk)
    assert [target.key for target in copy.targets] == [target.key for target in item.targets]
    assert not hasattr(copy, "publication")


def test_a_draft_is_deleted_and_what_was_out_is_not(news, form_of, sara, client_of):
    client = client_of(sara)
    client.post(NEW, form_of(do="draft"))
    draft = _only()
    away = f"{STAFF}{draft.public_id}/ta-bort/"
    first, second = (client.post(away, {"form_id": "y" * 16}) for _ in range(2))
    assert first.url == second.url == STAFF
    assert not NewsItem.everything.exists()

    item = news()
    assert client.post(f"{STAFF}{item.public_id}/ta-bort/").status_code == 404
    assert NewsItem.everything.exists()


def test_the_preview_is_the_familys_page_of_what_is_typed_and_saves_nothing(form_of, sara, client_of):
    client, address = client_of(sara), f"{STAFF}forhandsvisning/"
    form = form_of(title="Så här blir det", body="**Fet**", is_important="on")

    as_guardian = _text(client.post(address, {**form, "som": "vardnadshavare"}))
    as_pupil = _text(client.post(address, {**form, "sides": ["1"], "som": "elev"}))

    assert "<strong>Fet</strong>" in as_guardian
    assert "Skolan ber dig bekräfta" in as_guardian
    assert "Elever får inte den här nyheten." in as_pupil
    assert not NewsItem.everything.exists()
    assert "Skriv en rubrik." in _text(client.post(address, {**form, "title": ""}))


def test_the_list_is_narrowed_by_state_and_words(news, form_of, sara, client_of):
    news("Ute")
    news("Planerat", at=clock.now() + timedelta(days=1))
    client = client_of(sara)
    client.post(NEW, form_of(do="draft", title="Halvfärdig"))

    def shown(**asked):
        page = _text(client.get(STAFF, asked))
        return [title for title in ("Ute", "Planerat", "Halvfärdig") if title in page]

    assert shown() == ["Ute", "Planerat", "Halvfärdig"]
    assert shown(visa="utkast") == ["Halvfärdig"]
    assert shown(visa="planerade") == ["Planerat"]
    assert shown(visa="publicerade") == ["Ute"]
    assert shown(visa="aterkallade") == []
    assert shown(q="HALV") == ["Halvfärdig"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_writers_list_costs_the_same_for_one_item_and_for_three(
    count, news, sara, client_of, django_assert_num_queries
):
    for number in range(count):
        news(f"Nyhet {number}")
    client = client_of(sara)
    client.get(STAFF)

    # Session and viewer; how many; the page of them; their audiences; the names of the groups.
    with django_assert_num_queries(5):
        client.get(STAFF)


def test_the_form_costs_few_statements(news, sara, client_of, django_assert_num_queries):
    address = f"{STAFF}{news().public_id}/"
    client = client_of(sara)
    client.get(address)

    # Session and viewer; the item; its audiences; its files; two to count whom it reaches.
    with django_assert_num_queries(6):
        client.get(address)


@pytest.mark.requirement("7-bell-2")
def test_the_bell_tells_everybody_whom_it_is_for_and_nobody_else(
    news, anna, omar, kim, maja, elis, erik, sara
):
    from skolnav.core.notifications.models import Delivery
    from skolnav.core.notifications.worker import sweep

    news("Friluftsdag")
    sweep()

    told = Delivery.everything.filter(channel="bell").values_list("person_id", flat=True)
    assert sorted(told) == sorted(person.pk for person in (anna, omar, kim, maja, elis))


def test_nonsense_in_hidden_fields_and_searches_breaks_nothing(news, form_of, sara, anna, client_of):
    item, client = news(), client_of(sara)
    address = f"{STAFF}{item.public_id}/"

    for version in ("", "hej", "-1", "9" * 40, "١"):
        answer = client.post(address, form_of(do="save", version=version, title="Annat"))
        assert "Någon annan har sparat" in _text(answer)
    for reader, place in ((client, STAFF), (client_of(anna), "/information/")):
        for asked in ({"q": "\x00"}, {"q": "a " * 5000}, {"sida": "hej"}, {"sida": "99"}, {"visa": "allt"}):
            assert reader.get(place, asked).status_code == 200
    for item_id, status in (("\x00", 200), ("x" * 16, 404)):
        assert client.post(f"{STAFF}forhandsvisning/", form_of(item=item_id)).status_code == status
    for file_id in ("\x00", "%", "../x", "x" * 5000):
        assert client.post(f"{STAFF}forhandsvisning/", form_of(attachments=[file_id])).status_code == 200
    assert NewsItem.everything.get().title == "Friluftsdag"
