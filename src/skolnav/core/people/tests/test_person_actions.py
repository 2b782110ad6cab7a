"""The office writes about a person: who may, what stands in the log, and two who write at once."""

from datetime import date, timedelta

import pytest

from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.duties import add_duty
from skolnav.core.people.actions.persons import change_person, create_person
from skolnav.core.people.actions.refusals import EditedMeanwhile, NotAllowed, NumberTaken
from skolnav.core.people.identity_numbers import parse
from skolnav.core.people.models import Enrolment, Person, Protection
from skolnav.core.people.secrets import keyed_hash
from skolnav.core.tenancy import clock
from skolnav.demo.identity import tax_agency_test_number


def test_the_administrator_changes_a_mobile_number(cast, viewer_of):
    person = cast.anna

    change_person(actor=viewer_of(cast.lena), person_id=person.pk, version=1, mobile="070-174 06 99")

    person = Person.everything.get(pk=person.pk)
    assert (person.mobile, person.version) == ("070-174 06 99", 2)
    written = AuditRecord.objects.get(act="change_person")
    assert (written.actor_person_id, written.subject_id) == (cast.lena.pk, str(person.pk))
    assert written.details == {"fields": ["mobile"]}


def test_what_is_already_so_is_not_written(cast, viewer_of):
    change_person(actor=viewer_of(cast.lena), person_id=cast.anna.pk, version=1, given_name="Anna")

    assert Person.everything.get(pk=cast.anna.pk).version == 1
    assert not AuditRecord.objects.exists()


def test_of_two_who_write_at_once_the_second_is_told(cast, viewer_of):
    lena = viewer_of(cast.lena)
    change_person(actor=lena, person_id=cast.anna.pk, version=1, phone="0990-123 45")

    with pytest.raises(EditedMeanwhile) as told:
        change_person(actor=lena, person_id=cast.anna.pk, version=1, mobile="070-000 00 00")

    assert told.value.row.phone == "0990-123 45"
    assert Person.everything.get(pk=cast.anna.pk).mobile == "070-174 06 05"


@pytest.mark.parametrize("stranger", ["sara", "ingrid", "anna", "ulla", "greta"])
def test_nobody_but_the_administrator_changes_a_person(cast, viewer_of, stranger):
    with pytest.raises(NotAllowed):
        change_person(actor=viewer_of(getattr(cast, stranger)), person_id=cast.kim.pk, given_name="Kem")
    with pytest.raises(NotAllowed):
        create_person(
            actor=viewer_of(getattr(cast, stranger)),
            organiser_id=cast.ekdal.pk,
            given_name="A",
            family_name="B",
        )


def test_a_new_person_has_a_number_that_is_found_and_kept_secret(cast, viewer_of):
    written = tax_agency_test_number(date(2013, 6, 12), 0)
    person = create_person(
        actor=viewer_of(cast.lena),
        organiser_id=cast.ekdal.pk,
        identity_number=parse(written),
        given_name="Bo",
        family_name="Ek",
    )

    assert person.birth_date == date(2013, 6, 12)
    assert Person.everything.get(identity_number_hash=keyed_hash(written)) == person
    assert written not in str(AuditRecord.objects.values_list("details", flat=True))


def test_a_number_belongs_to_one_person(cast, viewer_of):
    number = parse(cast.anna.identity_number)

    with pytest.raises(NumberTaken) as told:
        create_person(
            actor=viewer_of(cast.lena),
            organiser_id=cast.ekdal.pk,
            identity_number=number,
            given_name="Anna",
            family_name="Igen",
        )
    with pytest.raises(NumberTaken):
        change_person(actor=viewer_of(cast.lena), person_id=cast.omar.pk, identity_number=number)

    assert told.value.person == cast.anna


def test_one_who_is_protected_and_has_moved_is_hidden_from_the_old_school(cast, viewer_of):
    add_duty(actor=viewer_of(cast.lena), person=cast.ingrid, school=cast.ekdalsskolan, role="administrator")
    ingrid = viewer_of(cast.ingrid)
    hidden, ordinary = [cast.elis, cast.maja], [cast.kim, cast.anna]
    last_year = clock.today() - timedelta(days=365)
    Enrolment.everything.update(valid_from=last_year, valid_until=last_year + timedelta(days=30))

    seen = Person.objects.editable_by(ingrid)

    assert set(seen) >= set(ordinary)
    assert not set(seen) & set(hidden)
    assert Protection.everything.count() == 2
    assert not Protection.objects.visible_to(ingrid).exists()


def test_whoever_administers_the_organiser_finds_also_those_whom_nothing_ties(cast, viewer_of):
    loose = Person.everything.create(organiser=cast.ekdal, given_name="Lo", family_name="Ös")
    add_duty(actor=viewer_of(cast.lena), person=cast.ingrid, school=cast.ekdalsskolan, role="administrator")

    assert loose in Person.objects.editable_by(viewer_of(cast.lena))
    assert cast.lena in Person.objects.editable_by(viewer_of(cast.lena))
    assert not set(Person.objects.editable_by(viewer_of(cast.ingrid))) & {loose, cast.lena}
    assert loose not in Person.objects.editable_by(viewer_of(cast.greta))
