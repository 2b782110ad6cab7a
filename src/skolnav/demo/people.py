"""Short words for making invented people: what the cast, the demo towns and the tests are made of."""

from datetime import date, timedelta

from skolnav.core.accounts.models import Account
from skolnav.core.people.models import (
    AssignmentRole,
    Duty,
    Enrolment,
    Group,
    Guardianship,
    Membership,
    Person,
)
from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.secrets import keyed_hash
from skolnav.core.schools.models import Organiser, SchoolUnit
from skolnav.core.tenancy import clock

# The hash of "ekdal-demo", so that making a municipality does not take a hash a person.
PASSWORD = "ekdal-demo"


def school_year_start(day: date | None = None) -> date:
    """The middle of the August in which the school year of the day began."""
    day = day or clock.today()
    return date(day.year if day.month >= 8 else day.year - 1, 8, 17)


class Town:
    """Makes people of one organiser. Needs its scope; writes rows without audit, as a demo may."""

    def __init__(self, organiser: Organiser, password_hash: str) -> None:
        self.organiser = organiser
        self.password_hash = password_hash
        self.since = school_year_start()

    def person(
        self, given_name: str, family_name: str, identity_number: str = "", **columns: object
    ) -> Person:
        return Person.everything.create(
            organiser=self.organiser,
            given_name=given_name,
            family_name=family_name,
            identity_number=identity_number,
            identity_number_hash=keyed_hash(identity_number) if identity_number else "",
            **columns,
        )

    def account(self, person: Person, username: str, *, email: str = "", **columns: object) -> Account:
        return Account.objects.create(
            person=person,
            organiser_id=self.organiser.pk,
            username=username,
            password=self.password_hash,
            verified_email=email,
            contact_confirmed_at=clock.now(),
            **columns,
        )

    def group(self, school: SchoolUnit, name: str, kind: str = Group.Kind.CLASS) -> Group:
        return Group.everything.create(
            organiser=self.organiser,
            school=school,
            name=name,
            kind=kind,
            source=Source.OFFICE,
            valid_from=self.since,
        )

    def enrol(self, pupil: Person, school: SchoolUnit, year: int, *groups: Group) -> None:
        Enrolment.everything.create(
            organiser=self.organiser,
            pupil=pupil,
            school=school,
            school_year=year,
            source=Source.OFFICE,
            valid_from=self.since,
        )
        for group in groups:
            self.join(group, pupil)

    def join(self, group: Group, *pupils: Person) -> None:
        """Put pupils into a group."""
        for pupil in pupils:
            Membership.everything.create(
                organiser=self.organiser,
                group=group,
                person=pupil,
                source=Source.OFFICE,
                valid_from=self.since,
            )

    def custody(self, guardian: Person, *pupils: Person, until: date | None = None) -> None:
        for pupil in pupils:
            Guardianship.everything.create(
                organiser=self.organiser,
                pupil=pupil,
                guardian=guardian,
                source=Source.OFFICE,
                valid_from=pupil.birth_date or self.since,
                valid_until=until,
            )

    def duty(self, person: Person, school: SchoolUnit | None, role: str, **groups: list[Group]) -> Duty:
        """A duty since last year; `mentor=[…]`, `teacher=[…]`, `educare=[…]` name the groups."""
        since = self.since - timedelta(days=365)
        duty = Duty.everything.create(
            organiser=self.organiser,
            person=person,
            school=school,
            role=role,
            source=Source.OFFICE,
            valid_from=since,
        )
        for kind, members in groups.items():
            for group in members:
                AssignmentRole.everything.create(
                    organiser=self.organiser,
                    duty=duty,
                    group=group,
                    kind=kind,
                    source=Source.OFFICE,
                    valid_from=self.since,
                )
        return duty
