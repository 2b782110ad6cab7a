import logging

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
