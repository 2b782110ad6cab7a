"""Staff write once, and it stands in everybody's calendar."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.boxes.calendar.actions import cancel_entry, change_entry, remove_entry, restore_entry
from skolnav.boxes.calendar.forms import EntryForm
from skolnav.boxes.calendar.models import CalendarEntry
from skolnav.boxes.calendar.telling import feed_items
from skolnav.core.audit.models import AuditRecord
from skolnav.core.feed.models import Audience, Entry, Happening
from skolnav.core.feed.rebuild import rebuild_feed
from skolnav.core.notifications.models import Notice
from skolnav.core.tenancy import clock

DAY = clock.today() + timedelta(days=3)


def fields(cast, **changes):
    return {
        "title": "Friluftsdag",
        "kind": "activity",
        "first_day": str(DAY),
        "to": [f"g:{cast.class_5b.public_id}"],
        "sides": ["1", "2"],
        "form_id": "formular-nummer-1",
    } | changes


def test_a_teacher_writes_to_her_class_and_the_family_is_told(sara, anna, ulla, cast, client_of):
    response = client_of(sara).post(
        "/personal/kalender/ny/", fields(cast, starts_at="08:30", ends_at="12.00")
    )

    assert response.status_code == 302
    entry = CalendarEntry.everything.get()
    assert (entry.first_day, entry.last_day) == (DAY, DAY)
    assert entry.starts.astimezone(clock.STOCKHOLM).hour == 8
    assert Notice.everything.get().kind == "calendar.entry_added"
    assert AuditRecord.objects.filter(act="add_calendar_entry").count() == 1
    assert "Friluftsdag" in client_of(anna).get("/kalender/?visa=lista").content.decode()
    # The class is not Ulla's: her own form does not even know it.
    refused = client_of(ulla).post("/personal/kalender/ny/", fields(cast, form_id="formular-nummer-2"))
    assert refused.status_code == 200
    assert CalendarEntry.everything.count() == 1


def test_a_form_sent_twice_writes_once(sara, cast, client_of):
    client = client_of(sara)

    answers = [client.post("/personal/kalender/ny/", fields(cast))["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert CalendarEntry.everything.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_day": str(DAY - timedelta(days=1))}, "före den första"),
        ({"last_day": str(DAY + timedelta(days=60))}, "högst 60 dagar"),
        ({"starts_at": "12:00", "ends_at": "11:00"}, "slutar innan det börjar"),
        ({"ends_at": "11:00"}, "när det börjar"),
        ({"first_day": "2027-03-28", "starts_at": "02:30"}, "Klockan ställs fram"),
        ({"first_day": "2099-01-01"}, "inom 3 år"),
        ({"first_day": "i morgon"}, "giltigt datum"),
        ({"title": ""}, "Vad händer?"),
        ({"to": ["g:1111111111111111"]}, "Till"),
        ({"sides": []}, "Välj vårdnadshavare"),
    ],
)
def test_a_fault_is_told_where_it_stands_and_nothing_typed_is_lost(sara, cast, changes, words, client_of):
    typed = fields(cast, description="En lång text", **{"place": "Ekberget", **changes})

    page = client_of(sara).post("/personal/kalender/ny/", typed).content.decode()

    assert words in page
    assert "En lång text" in page
    assert 'value="Ekberget"' in page
    assert not CalendarEntry.everything.exists()


def test_the_doubled_hour_of_october_is_understood(sara, cast, viewer_of):
    form = EntryForm(
        fields(cast, first_day="2027-10-31", starts_at="02:30", ends_at="02:45"), viewer=viewer_of(sara)
    )

    assert form.is_valid(), form.errors
    assert form.content.starts.isoformat() == "2027-10-31T00:30:00+00:00"


def test_two_who_change_one_entry_both_see_both_versions(write, sara, ingrid, cast, client_of):
    entry = write("Friluftsdag")
    first = fields(cast, title="Friluftsdag i skogen", version=entry.version, tell="on")
    second = fields(cast, title="Friluftsdag på isen", version=entry.version, form_id="formular-nummer-2")
    address = f"/personal/kalender/{entry.public_id}/"

    assert client_of(sara).post(address, first).status_code == 302
    page = client_of(ingrid).post(address, second).content.decode()

    assert "Någon annan sparade" in page
    assert "Friluftsdag i skogen" in page
    assert 'value="Friluftsdag på isen"' in page
    assert CalendarEntry.everything.get().title == "Friluftsdag i skogen"


def test_a_minor_change_is_silent_and_a_told_one_is_new_again(write, sara, to_5b, viewer_of):
    from skolnav.boxes.calendar.actions import Content

    entry, actor = write("Prov"), viewer_of(sara)
    content = Content(kind="national_test", title="Prov i NO", first_day=DAY, last_day=DAY)

    entry = change_entry(actor=actor, entry=entry, version=1, content=content, audience=to_5b, tell=False)
    assert (Entry.everything.get().title, Entry.everything.get().revision) == ("Prov i NO", 1)

    change_entry(actor=actor, entry=entry, version=2, content=content, audience=to_5b, tell=True)
    assert Entry.everything.get().revision == 2
    assert set(Notice.everything.values_list("kind", flat=True)) == {
        "calendar.entry_added",
        "calendar.entry_changed",
    }


def test_a_cancellation_keeps_what_a_colleague_saved_meanwhile(write, sara, cast, viewer_of):
    entry = write("Friluftsdag")
    CalendarEntry.everything.filter(pk=entry.pk).update(title="Friluftsdag i skogen")

    cancel_entry(actor=viewer_of(sara), entry=entry)

    assert CalendarEntry.everything.get().title == "Friluftsdag i skogen"
    assert Entry.everything.get().title == "Friluftsdag i skogen"


def test_who_may_change_an_entry(write, sara, ingrid, erik, ulla, greta, anna, client_of):
    entry = write("Friluftsdag")
    address = f"/personal/kalender/{entry.public_id}/"

    assert [client_of(person).get(address).status_code for person in (sara, ingrid)] == [200, 200]
    assert [client_of(person).get(address).status_code for person in (erik, ulla, greta, anna)] == [404] * 4
    assert client_of(erik).post(address + "ta-bort/").status_code == 404


def test_cancel_remove_and_undo_from_the_page(write, sara, client_of):
    entry, client = write("Friluftsdag"), client_of(sara)
    address = f"/personal/kalender/{entry.public_id}/"

    for step, word in (
        ("stall-in/", "Inställd"),
        ("ta-bort/", "Ångra borttagningen"),
        ("angra/", "Ställ in och"),
    ):
        page = client.post(address + step, follow=True).content.decode()
        assert word in page or word == "Inställd"

    acts = AuditRecord.objects.filter(subject_type="calendar.calendarentry").values_list("act", flat=True)
    assert list(acts.order_by("pk")) == [
        "add_calendar_entry",
        "cancel_calendar_entry",
        "remove_calendar_entry",
        "restore_calendar_entry",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_staff_list_costs_the_same_for_one_and_three(
    write, sara, number, client_of, django_assert_num_queries
):
    for each in range(number):
        write(f"Dag {each}")
    client = client_of(sara)

    with django_assert_num_queries(6):
        client.get("/personal/kalender/")


def _state():
    entries = Entry.everything.order_by("source_id").values_list("source_id", "title", "revision", "params")
    audiences = Audience.objects.order_by("entry__source_id", "key").values_list(
        "entry__source_id", "key", "sides"
    )
    days = Happening.objects.order_by("entry__source_id", "first_day").values_list(
        "entry__source_id", "first_day"
    )
    return list(entries), list(audiences), list(days)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["write", "cancel", "remove", "restore"]), st.integers(0, 3)), max_size=12
    )
)
def test_the_rebuilt_feed_equals_the_living_one(write, sara, cast, viewer_of, steps):
    CalendarEntry.everything.all().delete()
    Entry.everything.all().delete()
    actor, entries = viewer_of(sara), []
    acts = {"cancel": cancel_entry, "remove": remove_entry, "restore": restore_entry}
    for step, number in steps:
        if step == "write" or not entries:
            entries.append(write(f"Dag {number}"))
        else:
            target = CalendarEntry.everything.get(pk=entries[number % len(entries)].pk)
            acts[step](actor=actor, entry=target)
    living = _state()

    rebuild_feed(cast.ekdal, feed_items())

    assert _state() == living


def test_what_is_kept_in_the_browser_is_kept_for_its_writer_alone(sara, erik, client_of):
    """A staff room has one computer: what Sara left unsent is not offered to Erik."""
    for writer in (sara, erik):
        page = client_of(writer).get("/personal/kalender/ny/").content.decode()

        assert f'data-keep="calendar-{writer.public_id}-new"' in page


@pytest.mark.parametrize("asked", ["\0", "%", "'; --", "a " * 500])
def test_nonsense_in_the_search_breaks_nothing(sara, client_of, asked):
    """PostgreSQL takes no NUL in a text."""
    assert client_of(sara).get("/personal/kalender/", {"q": asked}).status_code == 200
