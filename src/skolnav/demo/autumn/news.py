"""Writing the demo's news, as its writers did: draft, publication, changes, a withdrawal."""

from datetime import timedelta

from skolnav.boxes.information.actions.news import (
    Content,
    change_news,
    publish_news,
    withdraw_news,
    write_news,
)
from skolnav.boxes.information.models import NewsItem
from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy import clock

from .files import paper, picture
from .news_file import Piece, earliest, read_all
from .travel import acting_at
from .whom import Whom

WRITING_TIME = timedelta(minutes=12)


def write_all(whom: Whom, organiser: str) -> None:
    """Write every piece of the folder that is not too old."""
    for piece in read_all(organiser):
        if earliest() < piece.out_at:
            _write(whom, piece)


def _write(whom: Whom, piece: Piece) -> None:
    actor = whom.writer(piece.by)
    begun = min(piece.out_at, clock.now()) - WRITING_TIME
    with acting_at(begun):
        content = _content(whom, actor, piece)
        item = write_news(actor=actor, content=content)
    if piece.state == "draft":
        return
    with acting_at(min(piece.out_at, clock.now())):
        publish_news(actor=actor, item=item, at=piece.out_at)
    if piece.changed_at:
        _change(actor, item, content, piece)
    if piece.state == "withdrawn":
        with acting_at(piece.out_at + timedelta(hours=1)):
            withdraw_news(actor=actor, item=item)


def _content(whom: Whom, actor: Viewer, piece: Piece) -> Content:
    pictures = [picture(actor, piece.name, motif, alt) for motif, alt in piece.pictures]
    return Content(
        title=piece.title,
        body=piece.body,
        audience=whom.targets(piece.to, piece.sides),
        is_important=piece.due is not None,
        due=piece.due,
        files=[*pictures, *(paper(actor, name) for name in piece.papers)],
    )


def _change(actor: Viewer, item: NewsItem, content: Content, piece: Piece) -> None:
    assert piece.changed_at is not None
    written = Content(
        title=content.title,
        body=f"{content.body}\n\n{piece.addition}",
        audience=content.audience,
        is_important=content.is_important,
        due=content.due,
        files=content.files,
    )
    with acting_at(piece.changed_at):
        current = NewsItem.everything.select_related("publication").get(pk=item.pk)
        change_news(actor=actor, item=current, version=current.version, content=written, is_minor=False)
