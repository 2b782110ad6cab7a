"""Why a file is not taken, in words that say what to do instead."""

from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _


class Refusal(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TYPE = "type"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"


_MESSAGES = {
    Refusal.EMPTY: _("Filen är tom."),
    Refusal.TOO_LARGE: _("Filen är för stor. En fil får vara högst %(megabytes)d MB."),
    Refusal.TYPE: _(
        "Den här sortens fil går inte att lägga upp. Spara den som PDF eller bild och försök igen."
    ),
    Refusal.PROGRAM: _("Filen är ett program, och program går inte att lägga upp."),
    Refusal.WEB_PAGE: _(
        "Webbsidor och SVG-bilder går inte att lägga upp. Spara filen som PDF, PNG eller JPEG."
    ),
    Refusal.ARCHIVE: _(
        "Packade filer går inte att lägga upp. Packa upp dem och lägg upp filerna var för sig."
    ),
    Refusal.OLD_OFFICE: _("Filen har ett gammalt Office-format. Spara den som docx, xlsx, pptx eller PDF."),
    Refusal.MACROS: _("Dokumentet innehåller makron. Spara det utan makron eller som PDF."),
    Refusal.DAMAGED: _("Filen är trasig eller inte hel. Öppna och spara den igen, eller välj en annan fil."),
    Refusal.TOO_MANY_PIXELS: _("Bilden har för många bildpunkter. Förminska den och försök igen."),
}


class RefusedFile(Exception):
    """An upload that is not taken. `reason` is for programs, `message` for the reader, in their language."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(reason))
        self.reason = reason

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.reason]) % {"megabytes": settings.UPLOAD_LIMIT // 1024 // 1024}
