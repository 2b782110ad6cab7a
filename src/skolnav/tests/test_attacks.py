"""Forms sent by those whom they are not for: what stands in the tables afterwards."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from .door import ALL
from .doors import DOORS
from .test_doors import values_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("15-security-1")]

BOXES = ("schedule", "absence", "educare")
FAMILY = sorted(name for name in DOORS if name.split(":")[0] in BOXES)
STAFF = sorted(
    name for name in DOORS if name.split(":")[0].removesuffix("_staff") in BOXES and "_staff" in name
)
WRITTEN = [
    model
    for label in (
        "schedule",
        "absence",
        "educare",
        "timetable",
        "presence",
        "files",
        "notifications",
        "feed",
        "audit",
    )
    for model in apps.get_app_config(label).get_models()
    # Having met something is no writing: it is one's own, and nobody else reads it.
    if model.__name__ not in ("Seen", "CommentSeen", "Delivery")
]
# What makes every form of the boxes say yes, as far as one set of fields can.
FIELDS = {
    "reason": "ill", "note": "x", "text": "x", "svar": "ja", "decision": "yes", "answer": "x", "accepts": "ja",
    "when": "days", "name": "x", "outcome": "reached", "kind": "homework", "version": "1", "from": "now",
    "leaves_at": "15.00", "weeks": "2", "conclusion": "x", "verdict": "grant", "own": "x", "background": "x",
}  # fmt: skip


def contents():
    """Every row that the boxes' forms write, as the database has it."""
    found = {}
    with connection.cursor() as cursor:
        for model in WRITTEN:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608
            found[model._meta.label] = cursor.fetchall()
    return found


def sent(client, address, fields):
    """What a form leaves behind, undone again."""
    with transaction.atomic():
        before = contents()
        response = client.post(address, fields)
        after = contents()
        transaction.set_rollback(True)
    return response.status_code, {label for label in before if before[label] != after[label]}


@pytest.mark.parametrize("name", FAMILY)
def test_a_pupil_writes_nothing(name, doors, cast):
    address = reverse(name, kwargs=values_of(name, doors.ekdal))
    ids = {"pupils": cast.kim.public_id, "children": cast.kim.public_id, "siblings": cast.alva.public_id}

    for member in ("kim", "elis"):
        status, written = sent(doors.clients[member], address, FIELDS | ids)
        assert written == set(), f"{member} at {address} ({status})"


@pytest.mark.parametrize("name", FAMILY + STAFF)
def test_whom_a_door_is_shut_to_writes_nothing(name, doors, cast):
    address = reverse(name, kwargs=values_of(name, doors.ekdal))
    ids = {"pupil": cast.kim.public_id, "pupils": cast.kim.public_id, "children": cast.kim.public_id,
           "in": cast.alva.public_id, "group": cast.class_5b.public_id, "person": cast.maja.public_id,
           "school": cast.ekdalsskolan.public_id}  # fmt: skip

    for member in sorted(ALL - DOORS[name].ekdal):
        status, written = sent(doors.clients[member], address, FIELDS | ids)
        assert (status in (404, 405), written) == (True, set()), f"{member} at {address} ({status})"


@pytest.mark.parametrize("field", ["pupils", "children", "in", "out", "pupil"])
def test_other_peoples_children_in_a_forms_fields(field, doors, cast):
    """Maja and Nour, on pages of their own, with Kim in the form."""
    for member, names in (("maja", FAMILY), ("nour", STAFF)):
        for name in names:
            if member not in DOORS[name].ekdal or values_of(name, doors.ekdal):
                continue
            fields = FIELDS | {field: cast.kim.public_id, f"{field}_ticked": "1", "in_ticked": "1"}
            status, written = sent(doors.clients[member], reverse(name), fields)
            assert written == set(), f"{member} at {name} ({status})"


def test_the_same_forms_write_for_whom_they_are_for(doors, cast):
    """Else the stories above would tell nothing."""
    ids = {"pupils": cast.kim.public_id, "children": cast.kim.public_id}
    wrote = {
        name
        for name, member in [*((one, "anna") for one in FAMILY), *((one, "lena") for one in STAFF)]
        if member in DOORS[name].ekdal
        and sent(doors.clients[member], reverse(name, kwargs=values_of(name, doors.ekdal)), FIELDS | ids)[1]
    }

    assert len(wrote) > 20, sorted(wrote)
