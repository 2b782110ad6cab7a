"""One line an event, and no personal data: the texts of exceptions quote rows and what people typed."""

import logging
from types import TracebackType

from skolnav.core.web.traces import places, route_of

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainLine(logging.Formatter):
    """Time, level, logger, message; of an exception its type and where it came from, never its text; of a request its
    route, never its address."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return super().format(_without_address(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the name is the base class's)
        """Takes what `logging` hands over; gives one indented line for each exception of the chain."""
        lines = []
        exception = ei[1]
        while exception is not None:
            lines.append(f"    {type(exception).__name__} at {places(exception.__traceback__)}")
            exception = exception.__cause__ or exception.__context__
        return "\n".join(lines)


def _without_address(record: logging.LogRecord) -> logging.LogRecord:
    """Django's own lines end with the path of the request, which may hold the token of a mailed link, or a name."""
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)
    if path is None or not isinstance(record.args, tuple):
        return record
    route = route_of(request)
    said = logging.makeLogRecord(record.__dict__)
    said.args = tuple(route if argument == path else argument for argument in record.args)
    return said
