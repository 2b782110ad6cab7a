import logging

import pytest

from skolnav.config.logs import PlainLine


def failing_deep_down() -> None:
    try:
        raise KeyError("20130101TF01")
    except KeyError as missing:
        raise ValueError("Kim Larsson has no place") from missing


def test_an_exception_is_logged_by_type_and_place_without_its_text():
    try:
        failing_deep_down()
    except ValueError as failure:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "it failed", None, (ValueError, failure, failure.__traceback__)
        )

    line = PlainLine().format(record)

    assert "ERROR x it failed" in line
    assert "ValueError at config/tests/test_logs.py" in line
    assert "KeyError at config/tests/test_logs.py" in line
    assert "Kim" not in line
    assert "TF01" not in line


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "route"),
    [
        # A mail programme took the full stop for a part of the link, which is still good for an hour.
        ("/logga-in/nytt-losenord/secretToken-123./", "Not Found: ?"),
        ("/kim-larsson/", "Not Found: ?"),
        ("/fil/1111111111111111/kim", "Not Found: ?"),
        ("/logga-in/ut/", "Method Not Allowed (GET): /logga-in/ut/"),
    ],
)
def test_the_address_of_a_request_is_not_logged(address, route, client, caplog):
    client.get(address)

    said = [PlainLine().format(record) for record in caplog.records]
    assert any(line.endswith(route) for line in said)
    assert not any("secretToken" in line or "kim" in line for line in said)
