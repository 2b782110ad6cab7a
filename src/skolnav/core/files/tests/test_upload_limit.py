"""What is too large never reaches the disk, and the rest of its form is not lost."""

import tempfile

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files import uploadhandler
from django.test import RequestFactory

from skolnav.core.files.actions import store_upload
from skolnav.core.files.refusals import RefusedFile
from skolnav.core.files.tests import samples
from skolnav.core.files.upload_limit import OversizedUpload

pytestmark = pytest.mark.requirement("15-security-1")

MEGABYTE = 1024 * 1024


def test_a_request_of_two_gigabytes_is_refused_before_a_byte_is_read():
    class Untouchable:
        def read(self, *_):
            raise AssertionError("It was read.")

    request = RequestFactory().post("/", {"file": samples.upload(samples.PDF)})
    request.META["CONTENT_LENGTH"] = str(2 * 1024**3)
    request._stream = Untouchable()

    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018 (reading it parses the request)


def test_one_file_too_large_is_dropped_and_the_rest_of_the_form_arrives(
    settings, monkeypatch, viewer_of, sara
):
    settings.UPLOAD_LIMIT = MEGABYTE
    written = []
    monkeypatch.setattr(
        uploadhandler.TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, raw, start: written.append(len(raw)),
    )
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    request = RequestFactory().post(
        "/",
        {
            "before": "Det som skrevs",
            "large": samples.upload(samples.PDF + b" " * 3 * MEGABYTE, "film.pdf"),
            "after": "finns kvar",
        },
    )

    assert request.POST.dict() == {"before": "Det som skrevs", "after": "finns kvar"}
    large = request.FILES["large"]
    assert isinstance(large, OversizedUpload)
    assert (large.name, large.size) == ("film.pdf", len(samples.PDF) + 3 * MEGABYTE)
    assert sum(written) <= MEGABYTE
    with pytest.raises(RefusedFile, match="too_large"):
        store_upload(actor=viewer_of(sara), upload=large)


def test_a_file_within_the_limit_comes_whole(settings):
    settings.UPLOAD_LIMIT = 4 * MEGABYTE
    content = samples.PDF + b" " * 3 * MEGABYTE

    request = RequestFactory().post("/", {"file": samples.upload(content, "a.pdf")})

    assert request.FILES["file"].read() == content
    assert request.FILES["file"].temporary_file_path().startswith(tempfile.gettempdir())


def test_an_upload_beyond_all_limits_is_answered_with_a_page_that_says_the_limit(visitor, settings):
    settings.UPLOAD_LIMIT = 50 * MEGABYTE

    response = visitor.post("/sprak/", {"file": samples.upload(samples.PDF)}, CONTENT_LENGTH=str(2 * 1024**3))

    assert response.status_code == 413
    assert "50 MB" in response.content.decode()
