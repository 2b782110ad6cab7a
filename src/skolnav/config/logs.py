"""One line an event, and no personal data: the texts of exceptions quote rows and what people typed."""

import logging
from types import TracebackType

from skolnav.core.web.traces import places

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainLine(logging.Formatter):
    """Time, level, logger, message; of an exception its type and where it came from, never its text."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the name is the base class's)
        """Takes what `logging` hands over; gives one indented line for each exception of the chain."""
        lines = []
        exception = ei[1]
        while exception is not None:
            lines.append(f"    {type(exception).__name__} at {places(exception.__traceback__)}")
            exception = exception.__cause__ or exception.__context__
        return "\n".join(lines)
