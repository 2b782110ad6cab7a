"""Taking in, attaching and removing files. The storage's bytes follow the rows: written before, deleted after."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models, transaction

from skolnav.core.audit.log import record
from skolnav.core.tenancy.viewer import Viewer

from .kinds import kind_of
from .models import StoredFile
from .names import clean_name
from .queries import files_of
from .refusals import Refusal, RefusedFile
from .upload_limit import Upload
from .writing import delete_bytes, write


def store_upload(*, actor: Viewer, upload: Upload) -> StoredFile:
    """Take in one file: looked at by its content, pictures drawn anew. It hangs on nothing yet.

    Raises RefusedFile, with words for the reader. Effects: bytes in the storage, a row, an audit record.
    """
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        raise RefusedFile(Refusal.TOO_LARGE)
    kind = kind_of(upload, upload.name or "")
    written = write(upload, kind, folder=str(actor.organiser_id))
    stored = StoredFile(
        organiser_id=actor.organiser_id,
        uploaded_by_id=actor.person_id,
        name=clean_name(upload.name or "", written.kind.extensions),
        content_type=written.kind.content_type,
        **written.columns,
    )
    try:
        with transaction.atomic():
            stored.save()
            record(actor, "store_file", stored, content_type=stored.content_type, size=stored.size)
    except BaseException:
        delete_bytes(stored.paths)
        raise
    return stored


def set_files_of(*, actor: Viewer, owner: models.Model, files: Sequence[StoredFile]) -> None:
    """Make `files`, in that order and with their `alt_text`, exactly the files of the owner's row.

    The caller has checked that the actor may change the owner. New ones must be the actor's own uploads that
    hang on nothing (raises PermissionError); files that are no longer among them are deleted.
    """
    with transaction.atomic():
        before = {file.pk: file for file in files_of(owner)}
        mine = set(StoredFile.objects.editable_by(actor).values_list("pk", flat=True)) if files else set()
        if any(file.pk not in before and file.pk not in mine for file in files):
            raise PermissionError("Only one's own uploads can be attached.")
        for position, file in enumerate(files):
            file.owner_type, file.owner_id, file.position = owner._meta.label_lower, owner.pk, position
            file.save(update_fields=["owner_type", "owner_id", "position", "alt_text"])
            if file.pk not in before:
                record(actor, "attach_file", file, owner_type=file.owner_type, owner_id=owner.pk)
        kept = {file.pk for file in files}
        delete_files(actor=actor, files=[file for pk, file in before.items() if pk not in kept])


def delete_files_of(*, actor: Viewer | None, owner: models.Model) -> int:
    """Delete every file of a row that is deleted or withdrawn for good; returns how many."""
    with transaction.atomic():
        return delete_files(actor=actor, files=list(files_of(owner)))


def delete_own_upload(*, actor: Viewer, file: StoredFile) -> None:
    """Delete an upload that hangs on nothing yet: it was removed from the form. Raises PermissionError."""
    if not StoredFile.objects.editable_by(actor).filter(pk=file.pk).exists():
        raise PermissionError("Only one's own uploads that hang on nothing can be deleted so.")
    with transaction.atomic():
        delete_files(actor=actor, files=[file])


def delete_files(*, actor: Viewer | None, files: list[StoredFile]) -> int:
    """Delete rows now and their bytes when the transaction holds; returns how many. For jobs and actions."""
    for file in files:
        record(actor, "delete_file", file, owner_type=file.owner_type, owner_id=file.owner_id)
    paths = [path for file in files for path in file.paths]
    StoredFile.everything.filter(pk__in=[file.pk for file in files]).delete()
    transaction.on_commit(lambda: delete_bytes(paths))
    return len(files)
