"""Taking in, attaching and removing: rows, bytes and the log agree."""

import hashlib
import os
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage

from skolnav.core.audit.models import AuditRecord
from skolnav.core.files.actions import delete_files_of, delete_own_upload, set_files_of, store_upload
from skolnav.core.files.forgotten import remove_forgotten_uploads
from skolnav.core.files.models import StoredFile
from skolnav.core.files.queries import files_by_owner, files_of
from skolnav.core.files.refusals import Refusal, RefusedFile
from skolnav.core.files.tests import samples
from skolnav.core.notifications.jobs import all_jobs
from skolnav.core.tenancy import clock

pytestmark = pytest.mark.requirement("15-security-1")


@pytest.fixture
def sara_looks(viewer_of, sara):
    return viewer_of(sara)


def take_in(viewer, content=samples.PDF, name="Veckobrev.pdf"):
    return store_upload(actor=viewer, upload=samples.upload(content, name))


def acts():
    return list(AuditRecord.objects.order_by("id").values_list("act", flat=True))


def test_a_document_is_kept_as_it_came(sara_looks, sara, folder):
    stored = take_in(sara_looks)

    assert (stored.name, stored.content_type) == ("Veckobrev.pdf", "application/pdf")
    assert (stored.owner_id, stored.uploaded_by_id, stored.organiser_id) == (None, sara.pk, sara.organiser_id)
    assert (stored.size, stored.sha256) == (len(samples.PDF), hashlib.sha256(samples.PDF).hexdigest())
    assert default_storage.open(stored.path).read() == samples.PDF
    # Neither the name nor the kind can be guessed from the place, and only we may read it.
    assert "eckobrev" not in stored.path
    assert "." not in stored.path
    assert os.stat(folder / stored.path).st_mode & 0o077 == 0
    assert acts()[-1] == "store_file"


def test_a_photo_is_kept_without_its_place(sara_looks):
    stored = take_in(sara_looks, samples.photo_with_place("HEIF", orientation=1), "IMG_1.HEIC")

    assert (stored.name, stored.content_type, stored.width, stored.height) == (
        "IMG_1.jpg",
        "image/jpeg",
        400,
        300,
    )
    assert set(stored.derivatives) == {"320", "960"}
    for path in stored.paths:
        assert samples.SECRET_PLACE.encode() not in default_storage.open(path).read()


def test_the_log_tells_no_name(sara_looks):
    take_in(sara_looks, name="Åtgärdsprogram Kim.pdf")

    assert "Kim" not in str(AuditRecord.objects.latest("id").details)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (samples.EXE, "program.pdf", Refusal.PROGRAM),
        (samples.SVG, "bild.svg", Refusal.WEB_PAGE),
        (samples.png_that_claims(30_000, 30_000), "stor.png", Refusal.TOO_MANY_PIXELS),
        (samples.photo_with_place()[:2000], "halv.jpg", Refusal.DAMAGED),
    ],
)
def test_a_refused_file_leaves_nothing_behind(sara_looks, stored_paths, content, name, reason):
    with pytest.raises(RefusedFile) as caught:
        take_in(sara_looks, content, name)

    assert caught.value.reason == reason
    assert not stored_paths()
    assert not StoredFile.everything.exists()


def test_a_file_over_the_limit_is_refused_and_the_limit_is_said(sara_looks, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024

    with pytest.raises(RefusedFile, match="too_large") as caught:
        take_in(sara_looks, samples.PDF + b" " * 1024 * 1024)

    assert "1 MB" in caught.value.message


def test_bytes_go_when_the_row_cannot_be_written(sara_looks, stored_paths, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("The database is gone.")

    monkeypatch.setattr("skolnav.core.files.actions.record", fail)

    with pytest.raises(RuntimeError):
        take_in(sara_looks)
    assert not stored_paths()


def test_files_of_a_row_are_set_reordered_and_removed(
    sara_looks, owner, stored_paths, django_capture_on_commit_callbacks
):
    one, two, three = (take_in(sara_looks, name=f"{name}.pdf") for name in ("ett", "två", "tre"))
    set_files_of(actor=sara_looks, owner=owner, files=[one, two])
    assert [file.name for file in files_of(owner)] == ["ett.pdf", "två.pdf"]

    two.alt_text = "Två barn på en gunga"
    with django_capture_on_commit_callbacks(execute=True):
        set_files_of(actor=sara_looks, owner=owner, files=[three, two])

    assert [(file.name, file.alt_text) for file in files_of(owner)] == [
        ("tre.pdf", ""),
        ("två.pdf", "Två barn på en gunga"),
    ]
    assert stored_paths() == {two.path, three.path}
    assert acts()[-5:] == ["store_file", "attach_file", "attach_file", "attach_file", "delete_file"]


def test_only_ones_own_loose_uploads_can_be_attached_or_deleted(sara_looks, viewer_of, erik, owner):
    eriks = take_in(viewer_of(erik))

    with pytest.raises(PermissionError):
        set_files_of(actor=sara_looks, owner=owner, files=[eriks])
    with pytest.raises(PermissionError):
        delete_own_upload(actor=sara_looks, file=eriks)
    assert StoredFile.everything.get().owner_id is None


def test_a_file_of_another_row_cannot_be_moved(sara_looks, owner, cast):
    file = take_in(sara_looks)
    set_files_of(actor=sara_looks, owner=owner, files=[file])

    with pytest.raises(PermissionError):
        set_files_of(actor=sara_looks, owner=cast.class_2a, files=[file])


def test_files_go_with_their_row(sara_looks, owner, stored_paths, django_capture_on_commit_callbacks):
    set_files_of(
        actor=sara_looks, owner=owner, files=[take_in(sara_looks), take_in(sara_looks, samples.picture())]
    )

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_files_of(actor=sara_looks, owner=owner) == 2

    assert not stored_paths()
    assert not StoredFile.everything.exists()


def test_bytes_stay_when_the_deletion_is_rolled_back(sara_looks, stored_paths):
    file = take_in(sara_looks)

    delete_own_upload(actor=sara_looks, file=file)  # The test's transaction never commits.

    assert stored_paths() == {file.path}


def test_forgotten_uploads_go_after_a_day(
    sara_looks, owner, stored_paths, django_capture_on_commit_callbacks
):
    attached, forgotten = take_in(sara_looks), take_in(sara_looks)
    set_files_of(actor=sara_looks, owner=owner, files=[attached])
    assert remove_forgotten_uploads() == 0

    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        fresh = take_in(sara_looks)
        with django_capture_on_commit_callbacks(execute=True):
            assert remove_forgotten_uploads() == 1

    assert stored_paths() == {attached.path, fresh.path}
    assert not StoredFile.everything.filter(pk=forgotten.pk).exists()
    removal = AuditRecord.objects.latest("id")
    assert (removal.act, removal.actor_person_id, removal.organiser_id) == (
        "delete_file",
        None,
        owner.organiser_id,
    )


def test_the_worker_removes_them():
    assert remove_forgotten_uploads in [job.function for job in all_jobs()]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_files_of_many_rows_cost_one_statement(sara_looks, owner, rows, django_assert_num_queries):
    set_files_of(actor=sara_looks, owner=owner, files=[take_in(sara_looks) for _ in range(rows)])

    with django_assert_num_queries(1):
        found = files_by_owner("people.group", [owner.pk, owner.pk + 1000])

    assert {pk: len(files) for pk, files in found.items()} == {owner.pk: rows, owner.pk + 1000: 0}
