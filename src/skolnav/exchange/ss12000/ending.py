"""What an ended custody or duty takes with it: sessions, queued mail, links, at once."""

from collections.abc import Sequence

from skolnav.core.tenancy import clock

from .planning.changes import Change


def end_custody(change: Change) -> None:
    from skolnav.core.people.actions.guardianships import end_guardianship_row

    assert change.pk is not None
    end_guardianship_row(actor=None, guardianship_id=change.pk, last_day=clock.today(), reason="import")


def cut_what_follows(duties: Sequence[Change]) -> None: ...
