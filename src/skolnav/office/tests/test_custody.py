"""Custody ends, is begun anew, gives no access; and what that means for somebody who is logged in."""

from datetime import timedelta

import pytest

from skolnav.core.audit.models import AuditRecord
from skolnav.core.feed.models import Entry
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock


def address(pupil, guardian, act):
    return f"/kontoret/personer/{pupil.public_id}/vardnad/{guardian.public_id}/{act}/"


def end(client, pupil, guardian, hidden_fields, **fields):
    page = client.get(address(pupil, guardian, "avsluta"))
    sent = {**hidden_fields(page), "when": "now", "reason": "court", **fields}
    return client.post(address(pupil, guardian, "avsluta"), sent)


def waiting_mail(cast, person):
    """A mail about Kim's class that has not been sent yet."""
    now = clock.now()
    entry = Entry.everything.create(
        organiser=cast.ekdal,
        box="information",
        kind="news",
        source_type="test.fact",
        source_id="1",
        title="Friluftsdag",
        link_name="home:start",
        published_at=now,
    )
    entry.audiences.model.objects.create(
        entry=entry,
        key=f"g:{cast.class_5b.pk}",
        wants=entry.wants,
        sides=3,
        box="information",
        revision=1,
        published_at=now,
    )
    notice = Notice.everything.create(
        organiser=cast.ekdal,
        kind="information.news_published",
        fact="test",
        entry=entry,
        due_at=now,
        asked_at=now,
    )
    return Delivery.everything.create(
        organiser=cast.ekdal, notice=notice, person=person, channel="email", due_at=now, next_try_at=now
    )


def test_what_follows_is_said_before_it_is_done(cast, lena):
    page = lena.get(address(cast.elis, cast.maja, "avsluta")).content.decode()

    assert "\u2068Maja Åkesson\u2069 förlorar tillgången till \u2068Elis Åkesson\u2069 genast" in page
    assert "har ingen annan roll här" in page
    assert "förblir inloggad" in lena.get(address(cast.kim, cast.omar, "avsluta")).content.decode()


def test_custody_that_ends_cuts_a_live_session_at_the_very_next_request(cast, lena, client_of, hidden_fields):
    maja = client_of(cast.maja)
    assert maja.get("/").status_code == 200

    answer = end(lena, cast.elis, cast.maja, hidden_fields)

    assert answer.headers["Location"] == f"/kontoret/personer/{cast.elis.public_id}/"
    assert maja.get("/").headers["Location"].startswith("/logga-in/")


def test_somebody_who_keeps_one_child_loses_only_the_other(cast, lena, client_of, hidden_fields):
    omar = client_of(cast.omar)
    assert omar.get(f"/barn/{cast.kim.public_id}/").status_code == 200

    end(lena, cast.kim, cast.omar, hidden_fields)

    assert omar.get(f"/barn/{cast.kim.public_id}/").status_code == 404
    assert omar.get(f"/barn/{cast.alva.public_id}/").status_code == 200


def test_mail_that_was_queued_before_is_not_sent(cast, lena, hidden_fields, mailoutbox):
    delivery = waiting_mail(cast, cast.omar)

    end(lena, cast.kim, cast.omar, hidden_fields)

    sweep()
    delivery.refresh_from_db()
    assert delivery.sent_at is None
    assert not [mail for mail in mailoutbox if cast.omar.email in mail.to]
    assert [
        mail for mail in mailoutbox if cast.anna.email in mail.to
    ]  # hers goes: there was something to send
    assert delivery.cut_at is not None


def test_an_end_is_undone_on_the_page(cast, lena, client_of, hidden_fields):
    end(lena, cast.elis, cast.maja, hidden_fields)
    assert "Ångra" in lena.get(f"/kontoret/personer/{cast.elis.public_id}/").content.decode()

    lena.post(address(cast.elis, cast.maja, "aterstall"))

    assert client_of(cast.maja).get("/").status_code == 200
    assert Guardianship.everything.filter(guardian=cast.maja).count() == 2
    page = lena.get(f"/kontoret/personer/{cast.elis.public_id}/").content.decode()
    assert "avslutad" in page
    assert "Ångra" not in page  # done already
    history = lena.get(f"/kontoret/personer/{cast.elis.public_id}/historik/").content.decode()
    assert "Vårdnaden avslutades: Maja Åkesson (dom eller beslut av domstol)" in history


def test_an_end_of_another_day_needs_that_day(cast, lena, hidden_fields):
    page = end(lena, cast.kim, cast.omar, hidden_fields, when="day").content.decode()
    assert "Skriv vilken dag" in page

    later = clock.today() + timedelta(days=10)
    end(lena, cast.kim, cast.omar, hidden_fields, when="day", last_day=later.isoformat())

    relation = Guardianship.everything.get(guardian=cast.omar, pupil=cast.kim)
    assert (relation.valid_until, relation.ended_at) == (later, None)
    lena.post(address(cast.kim, cast.omar, "aterstall"), {"kommande": "1"})
    assert Guardianship.everything.get(pk=relation.pk).valid_until is None


def test_an_end_before_the_beginning_is_refused(cast, lena, hidden_fields):
    page = end(lena, cast.kim, cast.omar, hidden_fields, when="day", last_day="1999-01-01").content.decode()

    assert "kan inte upphöra före dagen då den började" in page


def test_restricted_access_and_back(cast, lena, viewer_of, hidden_fields):
    page = lena.get(address(cast.kim, cast.omar, "begransa"))

    lena.post(address(cast.kim, cast.omar, "begransa"), {**hidden_fields(page), "reason": "contact_ban"})

    assert [child.given_name for child in viewer_of(cast.omar).children] == ["Alva"]
    assert "utan tillgång" in lena.get(f"/kontoret/personer/{cast.kim.public_id}/").content.decode()
    lena.post(address(cast.kim, cast.omar, "ge-tillgang"))
    assert len(viewer_of(cast.omar).children) == 2


def test_of_two_administrators_who_end_it_at_once_the_second_is_told(cast, lena, colleague, hidden_fields):
    seen = hidden_fields(colleague.get(address(cast.kim, cast.omar, "begransa")))
    page = lena.get(address(cast.kim, cast.omar, "begransa"))
    lena.post(address(cast.kim, cast.omar, "begransa"), {**hidden_fields(page), "reason": "contact_ban"})

    late = colleague.post(address(cast.kim, cast.omar, "begransa"), {**seen, "reason": "other"})

    assert "Någon annan har ändrat det här" in late.content.decode()
    assert AuditRecord.objects.filter(act="restrict_guardianship").count() == 1


@pytest.mark.parametrize("act", ["avsluta", "aterstall", "begransa", "ge-tillgang", "koppla"])
@pytest.mark.parametrize("stranger", ["greta", "sara", "anna", "omar"])
def test_nobody_else_touches_custody(cast, client_of, stranger, act):
    client = client_of(getattr(cast, stranger))

    assert (
        client.post(address(cast.kim, cast.omar, act), {"when": "now", "reason": "court"}).status_code == 404
    )
    assert Guardianship.everything.get(guardian=cast.omar, pupil=cast.kim).version == 1


def test_of_a_pair_without_custody_there_is_no_page(cast, lena):
    assert lena.get(address(cast.kim, cast.erik, "avsluta")).status_code == 404
    assert lena.get(address(cast.kim, cast.robin, "avsluta")).status_code == 404  # over already
