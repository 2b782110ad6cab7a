"""The proof of a period's cases as a file for a spreadsheet: a line for each thing that was done."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from skolnav.boxes.absence.actions.exporting import note_export
from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.cases import class_names
from skolnav.boxes.absence.queries.proof import Proof, name_of, proofs
from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet


def proof_csv(
    viewer: Viewer, found: DoorQuerySet[UnexcusedCase], first: date, last: date, school_id: int | None
) -> HttpResponse:
    """UTF-8 with BOM and semicolons, as Swedish spreadsheets open it. Seven statements for any number of cases."""
    rows = list(found)
    note_export(viewer, first=first, last=last, school_id=school_id, cases=len(rows))
    led = viewer.led_school_ids
    classes = class_names(viewer, [row.pupil_id for row in rows])
    written = StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(_heads())
    for proof in proofs(rows, led_schools=led, classes=classes):
        for line in _lines(proof, proof.case.school_id in led):
            writer.writerow([_plain(cell) for cell in (*_of_case(proof), *line)])
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ogiltig-franvaro-{first}-{last}.csv"'
    return answer


def _heads() -> list[str]:
    return [
        _("Dag"), _("Skola"), _("Klass"), _("Elev"), _("Minuter"), _("Läge"),
        _("Vad"), _("Kanal"), _("Till"), _("När"), _("Hur det gick"), _("Då"), _("Anteckning"),
    ]  # fmt: skip


def _of_case(proof: Proof) -> tuple[str, ...]:
    case = proof.case
    state = _("Förklarad") if case.excused_at else _("Ogiltig")
    return (
        case.day.isoformat(),
        case.school.name,
        proof.class_name,
        case.pupil.full_name,
        str(case.minutes),
        state,
    )


def _lines(proof: Proof, shows_protected: bool) -> Iterator[tuple[str, ...]]:
    """Each delivery, contact and excusal; a case of which nothing has been done yet still has its line."""
    for sent in proof.sent:
        at = (_moment(sent.due_at), sent.state_label, _moment(sent.state_at))
        yield (
            _("Underrättelse %(number)s") % {"number": sent.revision},
            sent.channel_label,
            sent.name,
            *at,
            sent.error,
        )
    for contact in proof.contacts:
        to, by = name_of(contact.guardian, shows_protected), name_of(contact.by, True)
        yield _("Samtal"), by, to, _moment(contact.at), contact.get_outcome_display(), "", contact.note
    for line in proof.excusals:
        by, undone = name_of(line.by, shows_protected), _moment(line.undone_at)
        yield _("Förklaring"), by, "", _moment(line.at), line.get_how_display(), undone, line.reason
    if not (proof.sent or proof.contacts or proof.excusals):
        yield ("",) * 7


def _moment(value: datetime | None) -> str:
    return value.astimezone(clock.STOCKHOLM).strftime("%Y-%m-%d %H:%M:%S") if value else ""


def _plain(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
