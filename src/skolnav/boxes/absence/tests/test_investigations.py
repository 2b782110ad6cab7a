"""An investigation opens to those who work with it, the principal among them, and to nobody else."""

import re
from datetime import timedelta

import pytest

from skolnav.boxes.absence.models import (
    Investigation,
    InvestigationMeasure,
    InvestigationMember,
    InvestigationNote,
)
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Duty
from skolnav.core.tenancy import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast, tuesday, client_of):
    answer = client_of(cast.sara).post(new_of(cast.kim), {"background": "Borta ofta"})
    assert answer.status_code == 302
    return Investigation.everything.get()


def new_of(pupil):
    return f"/personal/franvaro/utredning/ny/{pupil.public_id}/"


def page(investigation, end=""):
    return f"/personal/franvaro/utredning/{investigation.public_id}/{end}"


def test_who_opens_one(cast, client_of, tuesday):
    for person in (cast.erik, cast.ulla, cast.pelle, cast.anna, cast.kim, cast.greta):
        assert client_of(person).get(new_of(cast.kim)).status_code == 404
        assert client_of(person).post(new_of(cast.kim), {"background": "x"}).status_code == 404
    assert not Investigation.everything.exists()
    client_of(cast.ingrid).post(new_of(cast.kim), {})
    assert InvestigationMember.objects.get().person == cast.ingrid
    again = client_of(cast.sara).post(new_of(cast.kim), {"background": "Också"})
    assert again.status_code == 422
    assert "pågår redan" in again.content.decode()
    assert "Också" in again.content.decode()


def test_only_members_see_it(opened, cast, client_of):
    for member in (cast.sara, cast.ingrid):
        assert "Borta ofta" in client_of(member).get(page(opened)).content.decode()
    for person in (cast.lena, cast.erik, cast.ulla, cast.pelle, cast.greta, cast.anna, cast.kim):
        client = client_of(person)
        assert client.get(page(opened)).status_code == 404
        assert client.post(page(opened, "anteckning/"), {"text": "x"}).status_code == 404
        assert "Kim" not in client.get("/personal/franvaro/utredning/").content.decode()
    assert not InvestigationNote.objects.exists()


def test_the_principal_works_with_it_from_the_beginning_and_is_told(opened, cast):
    """Skollagen 7 kap. 19 a §: the principal sees that it is investigated."""
    sweep()

    members = InvestigationMember.objects.filter(investigation=opened).values_list("person_id", flat=True)
    assert set(members) == {cast.sara.pk, cast.ingrid.pk}
    told = Delivery.everything.filter(notice__kind="absence.investigation", channel="bell")
    assert [one.person_id for one in told] == [cast.ingrid.pk]


def test_every_view_is_noted(opened, cast, client_of):
    for _view in range(2):
        client_of(cast.sara).get(page(opened))

    seen = AuditRecord.objects.filter(act="view_investigation", subject_id=str(opened.pk))
    assert [one.actor_person_id for one in seen] == [cast.sara.pk] * 2


def test_a_member_takes_in_a_colleague_who_is_told_without_names(opened, cast, client_of):
    sara, ingrid = client_of(cast.sara), client_of(cast.ingrid)
    for outsider in (cast.ulla, cast.greta, cast.anna):
        refused = sara.post(page(opened, "medlem/"), {"person": outsider.public_id})
        assert refused.status_code == 422
    sara.post(page(opened, "medlem/"), {"person": cast.ingrid.public_id})
    sweep()

    assert ingrid.get(page(opened)).status_code == 200
    bell = Delivery.everything.get(notice__kind="absence.investigation", channel="bell")
    assert bell.person == cast.ingrid
    assert "Kim" not in ingrid.get("/notiser/").content.decode()

    ingrid.post(page(opened, f"medlem/{cast.sara.public_id}/bort/"))
    assert sara.get(page(opened)).status_code == 404
    alone = ingrid.post(page(opened, f"medlem/{cast.ingrid.public_id}/bort/"))
    assert "Någon måste arbeta" in alone.content.decode()
    ingrid.post(page(opened, "medlem/"), {"person": cast.sara.public_id})
    assert sara.get(page(opened)).status_code == 200


def test_whoever_leaves_the_school_leaves_its_investigations(opened, cast, client_of):
    Duty.everything.filter(person=cast.sara).update(valid_until=clock.today() - timedelta(days=1))
    Duty.everything.create(
        organiser=cast.ekdal, person=cast.sara, school=cast.lillaskolan, role="teacher", source="office",
        valid_from=clock.today(),
    )  # fmt: skip

    assert client_of(cast.sara).get(page(opened)).status_code == 404


def test_notes_and_measures(opened, cast, client_of):
    sara = client_of(cast.sara)
    form_id = re.search(r'name="form_id" value="([^"]+)"', sara.get(page(opened)).content.decode())[1]
    for _tap in range(2):
        sara.post(page(opened, "anteckning/"), {"text": "Samtal <b>hemma</b>", "form_id": form_id})
    assert InvestigationNote.objects.get().author == cast.sara
    assert "&lt;b&gt;hemma" in sara.get(page(opened)).content.decode()
    assert sara.post(page(opened, "anteckning/"), {"text": "\0"}).status_code == 422
    assert sara.post(page(opened, "atgard/"), {"text": "Taxi", "due_on": "igår"}).status_code == 422
    sara.post(page(opened, "atgard/"), {"text": "Taxi", "responsible": "Rektor", "due_on": "2026-12-01"})
    measure = InvestigationMeasure.objects.get()
    for _tap in range(2):
        sara.post(page(opened, f"atgard/{measure.public_id}/klar/"))
    measure.refresh_from_db()
    assert measure.done_by == cast.sara
    assert AuditRecord.objects.filter(act="finish_investigation_measure").count() == 1


def test_the_organiser_is_told_before_it_ends(opened, cast, client_of):
    sara = client_of(cast.sara)
    early = sara.post(page(opened, "avsluta/"), {"conclusion": "Klart"})
    assert "huvudmannen" in early.content.decode()
    assert early.status_code == 422
    for wrong in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1), "x"):
        assert sara.post(page(opened, "huvudman/"), {"day": str(wrong)}).status_code == 422
    sara.post(page(opened, "huvudman/"), {"day": str(clock.today())})
    sara.post(page(opened, "avsluta/"), {"conclusion": "Klart"})

    opened.refresh_from_db()
    assert opened.reported_to_organiser_at == clock.now()
    assert (opened.conclusion, opened.closed_by) == ("Klart", cast.sara)
    closed = sara.post(page(opened, "anteckning/"), {"text": "Efteråt"})
    assert "avslutad" in closed.content.decode()
    assert "Efteråt" not in [note.text for note in InvestigationNote.objects.all()]
    assert client_of(cast.sara).post(new_of(cast.kim), {}).status_code == 302  # a new one may begin


def test_the_pages_cost_the_same_for_one_and_three(opened, cast, client_of, django_assert_num_queries):
    client = client_of(cast.sara)
    for number in range(2):
        if number:
            for text in ("a", "b"):
                client.post(page(opened, "anteckning/"), {"text": text})
                client.post(page(opened, "atgard/"), {"text": text})
            for pupil in (cast.elis,):
                client.post(new_of(pupil), {})
        client.get(page(opened))
        with django_assert_num_queries(7):
            client.get(page(opened))
        client.get("/personal/franvaro/utredning/")
        with django_assert_num_queries(3):
            client.get("/personal/franvaro/utredning/")
