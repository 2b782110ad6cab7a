"""What rests on a custody, a duty or an audience ends with it: queued letters at once, and rows in the bell."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from skolnav.core.access.building import build_viewer, day_parameters
from skolnav.core.people.models import Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers

from .models import Delivery

LOOKS_BACK = timedelta(days=7)


def cut_person(person_id: int) -> int:
    """Cut what a person may no longer meet; gives how many deliveries.

    To be called in the transaction that ends or restricts a custody, a duty or an enrolment, with each
    person who loses by it (for a child: every guardian, and the child). Needs the tenant's scope. What still
    holds for another reason (another child in the same class) stays. Twice is the same as once.
    """
    live = Delivery.everything.filter(person=person_id, cut_at=None).exclude(
        ~Q(channel="bell") & (Q(sent_at__isnull=False) | Q(failed_at__isnull=False))
    )
    try:
        viewer = build_viewer(person_id)
    except LookupError:
        return live.update(cut_at=clock.now())
    kept = live.filter(Delivery.holds_for(viewer)).values("pk")
    return live.exclude(pk__in=list(kept.values_list("pk", flat=True))).update(cut_at=clock.now())


def cut_what_ran_out() -> int:
    """After midnight: cut for everybody whose custody, duty, school or class ended by its date; gives how many.

    Looks a week back, so that nights on which no worker ran are made up for. Until it has run, the lists
    leave such rows out by themselves (`Delivery.visible_q`) and no letter goes (`sending`).
    """
    with over_all_organisers():
        people = list(_people_whose_ties_ran_out().values_list("pk", "organiser_id"))
    cut = 0
    for person_id, organiser_id in people:
        with of_organiser(organiser_id):
            cut += cut_person(person_id)
    return cut + cut_expired(clock.now())


def cut_expired(now: datetime) -> int:
    """Cut what tells of entries that are no longer shown, so that the bell does not count them."""
    with over_all_organisers():
        over = Q(notice__entry__visible_until__lte=now, notice__entry__visible_until__gt=now - LOOKS_BACK)
        return Delivery.everything.filter(over, cut_at=None).update(cut_at=now)


def _people_whose_ties_ran_out() -> QuerySet[Person]:
    """Those whose tie of some kind ended in the last week, and who have something left to cut."""
    today = clock.today()
    lately = Q(valid_until__lt=today, valid_until__gte=today - LOOKS_BACK)
    pupils = Person.everything.filter(
        Q(pk__in=Enrolment.everything.filter(lately).values("pupil"))
        | Q(pk__in=Membership.everything.filter(lately).values("person"))
        | Q(
            pk__in=Membership.everything.filter(
                group__valid_until__lt=today, group__valid_until__gte=today - LOOKS_BACK
            ).values("person")
        )
        | Q(
            birth_date__lte=day_parameters(today)["adult_born"],
            birth_date__gt=day_parameters(today - LOOKS_BACK)["adult_born"],
        )
    )
    guardians = Guardianship.everything.filter(lately | Q(pupil__in=pupils.values("pk"))).values("guardian")
    on_duty = Duty.everything.filter(lately).values("person")
    waiting = Delivery.everything.filter(Delivery.UNREAD | Delivery.WAITING).values("person")
    return Person.everything.filter(
        Q(pk__in=pupils.values("pk")) | Q(pk__in=guardians) | Q(pk__in=on_duty), pk__in=waiting
    )
