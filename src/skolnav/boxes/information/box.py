"""The box Information: news, files and links that the school has published."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.registry import Box, register
from skolnav.core.files.access import register_file_owner

from .models import BOX, Document, NewsItem
from .queries.staff import find, written
from .rules import may_read, may_write
from .telling import feed_items

register(
    Box(
        key=BOX,
        title=_("Information"),
        prefix="information",
        icon="newspaper",
        hue=245,
        order=10,
        family_urls="skolnav.boxes.information.urls.family_urls",
        staff_urls="skolnav.boxes.information.urls.staff_urls",
        describes=_("Nyheter, filer och länkar till familjerna."),
        may_open=may_read,
        may_publish=may_write,
        write_name="information_staff:new",
        write_label=_("Skriv en nyhet"),
        written=written,
        find=find,
        one_tap={"news": ("information:confirm", _("Jag har läst"))},
        feed_items=feed_items,
    )
)
# Writers see the files of their drafts, and readers those of what is out.
register_file_owner(
    NewsItem._meta.label_lower,
    lambda viewer: NewsItem.objects.visible_to(viewer) | NewsItem.objects.editable_by(viewer),
)
register_file_owner(
    Document._meta.label_lower,
    lambda viewer: Document.objects.visible_to(viewer) | Document.objects.editable_by(viewer),
)
