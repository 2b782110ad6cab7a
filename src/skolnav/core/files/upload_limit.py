"""The first upload handler: what is too large never reaches the disk.

Two limits. A request whose Content-Length is hopeless is refused before a byte of it is read. A single file
over the limit within a request that is not hopeless is dropped while it streams by, so that the rest of the
form arrives and nothing typed is lost; the form then says which file was too large.
"""

from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# Generic for the type checker alone: the class of Django takes no parameters when it runs.
if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile

FILES_AT_ONCE = 4


class OversizedUpload(Upload):
    """Stands in `request.FILES` for a file that was dropped: its name and size, and nothing to read."""

    def read(self, *_: Any) -> NoReturn:
        raise OSError("This upload was too large and was dropped.")


class UploadLimit(FileUploadHandler):
    """Must stand before the handlers that keep what they are given."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > settings.UPLOAD_LIMIT * FILES_AT_ONCE:
            raise RequestDataTooBig("The request is larger than any upload may be.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        # None: the handlers after this one, which would keep it, do not get the chunk.
        return None if self.received > settings.UPLOAD_LIMIT else raw_data

    def file_complete(self, file_size: int) -> Upload | None:
        if self.received <= settings.UPLOAD_LIMIT:
            return None
        return OversizedUpload(name=self.file_name, content_type=self.content_type, size=self.received)
