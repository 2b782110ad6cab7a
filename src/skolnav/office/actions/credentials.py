"""Credentials for one or for many: a run is asked for, worked through, printed and wiped."""

import time
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts import letters
from skolnav.core.accounts.actions import CannotIssue, issue_credential
from skolnav.core.accounts.models import Account, Credential
from skolnav.core.accounts.password_queue import TooBusy
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers
from skolnav.office.models import CredentialRun, CredentialRunItem
from skolnav.office.rules import may_give_login

State = CredentialRunItem.State
MOST = letters.PAGES_AT_MOST
# A hash takes 0.1 s, and more when there is much to do: a turn of the worker stays short, for mail goes out between.
PER_TURN = 20
SECONDS_PER_TURN = 2.0
AT_ONCE = 2
KEPT = timedelta(hours=24)
STUCK = timedelta(minutes=2)


@transaction.atomic
def ask_for_run(
    *, actor: Viewer, people: Iterable[Person], channel: str, title: str, school: SchoolUnit | None = None
) -> CredentialRun:
    """Ask for credentials for these people. Nothing is issued yet: `work` does it, here or in the worker.

    Raises NotAllowed for anybody whom the actor may not change, and Refused for nobody or too many.
    """
    chosen = list(people)
    if not chosen:
        raise Refused(_("Ingen att skriva till: alla som du valde har redan en inloggning."))
    if len(chosen) > MOST:
        raise Refused(_("Högst %(number)s åt gången. Välj en klass i taget.") % {"number": MOST})
    mine = set(Person.objects.editable_by(actor).values_list("pk", flat=True))
    if not mine.issuperset(person.pk for person in chosen):
        raise NotAllowed
    run = CredentialRun.everything.create(
        organiser_id=actor.organiser_id,
        school=school,
        title=title,
        channel=channel,
        asked_by_id=actor.person_id,
    )
    CredentialRunItem.everything.bulk_create(
        CredentialRunItem(organiser_id=actor.organiser_id, run=run, person=person) for person in chosen
    )
    record(actor, "ask_for_credentials", run, people=len(chosen), channel=channel)
    return run


def work(run: CredentialRun, most: int = PER_TURN) -> None:
    """Issue to the next `most` people of a run; done twice, or killed in between, it does no harm.

    The rights of whoever asked are looked at again for each. Needs the tenant's scope.
    """
    actor, until = build_viewer(run.asked_by_id), time.monotonic() + SECONDS_PER_TURN
    items = CredentialRunItem.everything.filter(_to_do(), run=run).select_related("person").order_by("pk")
    for item in items[:most]:
        if (_claim(item) and not _issue(run, item, actor)) or time.monotonic() > until:
            break
    _finish(run)


def _to_do() -> Q:
    """What waits, and what a worker that was killed left half done."""
    return Q(state=State.WAITING) | Q(state=State.WORKING, begun_at__lt=clock.now() - STUCK)


def _claim(item: CredentialRunItem) -> bool:
    """Take the item, unless another worker has: two passwords for one person would make one letter a lie."""
    mine = CredentialRunItem.everything.filter(_to_do(), pk=item.pk)
    return bool(mine.update(state=State.WORKING, begun_at=clock.now()))


def _issue(run: CredentialRun, item: CredentialRunItem, actor: Viewer) -> bool:
    """Issue to one; False when the machine is too busy to go on now."""
    try:
        if not may_give_login(actor, item.person):
            raise CannotIssue(_("Hör till en skola som du inte administrerar."))
        issued = issue_credential(actor=actor, person=item.person, channel=run.channel)
    except TooBusy:
        CredentialRunItem.everything.filter(pk=item.pk).update(state=State.WAITING)
        return False
    except CannotIssue as refused:
        item.state, item.refused_because = State.REFUSED, str(refused)[:200]
    except Http404:
        item.state, item.refused_because = State.REFUSED, _("Finns inte längre på dina skolor.")
    else:
        item.state, item.initial_password = State.DONE, issued.initial_password or ""
    item.save(update_fields=["state", "refused_because", "initial_password"])
    return True


def _finish(run: CredentialRun) -> None:
    left = CredentialRunItem.everything.filter(run=run, state__in=(State.WAITING, State.WORKING))
    if not left.exists():
        CredentialRun.everything.filter(pk=run.pk, finished_at=None).update(finished_at=clock.now())


def letters_of(*, actor: Viewer, run: CredentialRun) -> bytes:
    """The letters of a run as one PDF, made anew each time and kept nowhere. Raises Refused once they are wiped.

    Somebody who has used theirs, or been given another since, is left out: that letter opens nothing.
    """
    done = CredentialRunItem.objects.visible_to(actor).filter(run=run, state=State.DONE)
    items = [item for item in done.select_related("person").order_by("pk") if item.initial_password]
    open_ones = Credential.objects.filter(used_at=None, replaced_at=None, channel=Credential.Channel.LETTER)
    accounts = {
        account.person_id: account
        for account in Account.objects.filter(
            person__in=[item.person_id for item in items],
            pk__in=open_ones.filter(issued_at__gte=run.asked_at).values("account_id"),
        )
    }
    usable = [item for item in items if item.person_id in accounts]
    if not usable:
        raise Refused(_("Breven är raderade, eller redan använda. Skapa nya om de behövs."))
    pages = letters.pages_for(
        [item.person for item in usable],
        [(accounts[item.person_id], item.initial_password) for item in usable],
    )
    pdf = letters.as_pdf(pages)
    record(actor, "download_letters", run, letters=len(usable))
    return pdf


@transaction.atomic
def wipe(*, actor: Viewer | None, run: CredentialRun) -> None:
    """Forget the passwords of a run: the letters are printed, or a day has gone."""
    CredentialRunItem.everything.filter(run=run).update(initial_password="")
    CredentialRun.everything.filter(pk=run.pk).update(wiped_at=clock.now())
    record(actor, "wipe_letters", run)


def work_open_runs() -> None:
    """A turn of the worker: a piece of every run that is not done, the oldest first."""
    with over_all_organisers():
        runs = list(CredentialRun.everything.filter(finished_at=None).order_by("asked_at")[:50])
    for run in runs:
        with of_organiser(run.organiser_id):
            work(run)


def wipe_old_letters() -> None:
    """An hourly turn of the worker: no password is kept longer than a day."""
    with over_all_organisers():
        old = Q(finished_at__lt=clock.now() - KEPT) | Q(asked_at__lt=clock.now() - 2 * KEPT)
        runs = list(CredentialRun.everything.filter(old, wiped_at=None))
    for run in runs:
        with of_organiser(run.organiser_id):
            wipe(actor=None, run=run)
