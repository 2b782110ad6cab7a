"""Files and links: placed on the shelf, changed, taken away."""

from collections.abc import Sequence
from pathlib import PurePath

from django.db import transaction

from skolnav.boxes.information.models import Document, DocumentAudience, Link, LinkAudience, ShelfItem
from skolnav.boxes.information.telling import document_entry, link_entry
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.feed import publishing as feed
from skolnav.core.files.actions import delete_files_of, set_files_of
from skolnav.core.files.models import StoredFile
from skolnav.core.publishing.models import Target, set_audience
from skolnav.core.publishing.permits import require_editable, require_reach
from skolnav.core.publishing.telling import tell
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import lock_version

PLACED = "information.shelf"


@transaction.atomic
def place_documents(
    *, actor: Viewer, files: Sequence[StoredFile], folder: str, audience: Sequence[Target]
) -> list[Document]:
    """Put uploads on the shelf, each a document named after its file. The bell rings once for all of them.

    Raises NotAllowed.
    """
    require_reach(actor, audience)
    placed = []
    for file in files:
        document = Document(**_columns(actor, PurePath(file.name).stem, folder))
        document.save()
        set_audience(DocumentAudience, document, audience)
        set_files_of(actor=actor, owner=document, files=[file])
        record(actor, "place_document", document)
        placed.append(document)
    for document in placed[1:]:
        feed.publish(document_entry(document))
    for document in placed[:1]:
        tell(document_entry(document), PLACED)
    return placed


@transaction.atomic
def change_document(
    *, actor: Viewer, document: Document, version: int, title: str, folder: str, audience: Sequence[Target]
) -> Document:
    """Rename, move, or give to others. A minor edit: nobody is told. Raises NotAllowed, EditedMeanwhile."""
    require_editable(actor, document)
    require_reach(actor, audience, already=document.targets)
    now = lock_version(document, version)
    now.title, now.folder = title, folder
    now.save()
    set_audience(DocumentAudience, now, audience)
    record(actor, "change_document", now)
    feed.publish(document_entry(now))
    return now


@transaction.atomic
def place_link(
    *, actor: Viewer, title: str, address: str, description: str, folder: str, audience: Sequence[Target]
) -> Link:
    """Put an address on the shelf. Raises NotAllowed."""
    require_reach(actor, audience)
    link = Link(**_columns(actor, title, folder), address=address, description=description)
    link.save()
    set_audience(LinkAudience, link, audience)
    record(actor, "place_link", link)
    tell(link_entry(link), PLACED)
    return link


@transaction.atomic
def change_link(
    *,
    actor: Viewer,
    link: Link,
    version: int,
    title: str,
    address: str,
    description: str,
    folder: str,
    audience: Sequence[Target],
) -> Link:
    """A minor edit: nobody is told. Raises NotAllowed, EditedMeanwhile."""
    require_editable(actor, link)
    require_reach(actor, audience, already=link.targets)
    now = lock_version(link, version)
    now.title, now.address, now.description, now.folder = title, address, description, folder
    now.save()
    set_audience(LinkAudience, now, audience)
    record(actor, "change_link", now)
    feed.publish(link_entry(now))
    return now


@transaction.atomic
def take_away(*, actor: Viewer, item: ShelfItem) -> None:
    """Delete a document or a link, with its bytes and what the feed knew of it. Raises NotAllowed."""
    require_editable(actor, item)
    feed.withdraw(item)
    delete_files_of(actor=actor, owner=item)
    record(actor, "take_away", item)
    item.delete()


def _columns(actor: Viewer, title: str, folder: str) -> dict[str, object]:
    return {
        "organiser_id": actor.organiser_id,
        "author_id": actor.person_id,
        "title": title,
        "folder": folder,
        "placed_at": clock.now(),
    }
