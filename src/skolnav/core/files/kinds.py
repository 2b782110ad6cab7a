"""What a file is, by its first bytes. Its name is only asked where text files have no mark of their own."""

from dataclasses import dataclass
from typing import IO

from . import documents, texts
from .refusals import Refusal, RefusedFile


@dataclass(frozen=True)
class FileKind:
    """A sort of file that is taken. `extensions` begins with the one that a wrong ending is replaced with."""

    content_type: str
    extensions: tuple[str, ...]
    picture_format: str = ""  # Pillow's word for it

    @property
    def is_picture(self) -> bool:
        return bool(self.picture_format)


PDF = FileKind("application/pdf", (".pdf",))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"), "JPEG")
PNG = FileKind("image/png", (".png",), "PNG")
GIF = FileKind("image/gif", (".gif",), "GIF")
WEBP = FileKind("image/webp", (".webp",), "WEBP")
HEIC = FileKind("image/heic", (".heic", ".heif"), "HEIF")
MP3 = FileKind("audio/mpeg", (".mp3",))
MP4 = FileKind("video/mp4", (".mp4", ".m4v"))
M4A = FileKind("audio/mp4", (".m4a",))

_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"ID3", MP3),
)
# ISO base media files name their sort in the `ftyp` box at the start (ISO/IEC 14496-12).
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1"), HEIC),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "), MP4),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
}
_REFUSED: tuple[tuple[bytes, Refusal], ...] = (
    (b"MZ", Refusal.PROGRAM),
    (b"\x7fELF", Refusal.PROGRAM),
    (b"\xca\xfe\xba\xbe", Refusal.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Refusal.PROGRAM),
    (b"#!", Refusal.PROGRAM),
    (b"\xd0\xcf\x11\xe0", Refusal.OLD_OFFICE),
    (b"7z\xbc\xaf", Refusal.ARCHIVE),
    (b"Rar!", Refusal.ARCHIVE),
    (b"\x1f\x8b", Refusal.ARCHIVE),
)

ACCEPTED_EXTENSIONS = (
    *(
        extension
        for kind in (PDF, JPEG, PNG, GIF, WEBP, HEIC, MP3, MP4, M4A)
        for extension in kind.extensions
    ),
    *documents.EXTENSIONS,
    *texts.CONTENT_TYPES,
)


def kind_of(file: IO[bytes], name: str) -> FileKind:
    """The kind of an upload. Reads all of a text, the directory of a zip, and the ends of the rest.

    Raises RefusedFile for whatever is not on the list.
    """
    file.seek(0)
    head = file.read(64)
    if not head:
        raise RefusedFile(Refusal.EMPTY)
    for mark, refusal in _REFUSED:
        if head.startswith(mark):
            raise RefusedFile(refusal)
    kind = _by_signature(head)
    if kind is PDF:
        documents.check_pdf(file)
    if kind:
        return kind
    if head.startswith(b"PK\x03\x04"):
        content_type, extension = documents.office_document(file)
        return FileKind(content_type, (extension,))
    content_type, extension = texts.text_file(file, name)
    return FileKind(content_type, (extension,))


def _by_signature(head: bytes) -> FileKind | None:
    for mark, kind in _SIGNATURES:
        if head.startswith(mark):
            return kind
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return MP3 if _begins_mpeg_audio(head) else None


def _begins_mpeg_audio(head: bytes) -> bool:
    """Whether a layer III frame begins here: eleven set bits, then fields that have forbidden values."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, sample_rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and sample_rate != 3
