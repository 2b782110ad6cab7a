"""Where an exception came from, without its text: texts quote rows and what people typed."""

import traceback
from types import TracebackType


def places(trace: TracebackType | None, most: int = 6) -> str:
    """The innermost frames, our own where there are any, innermost first."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if "/skolnav/" in frame.filename] or frames
    return " < ".join(
        f"{frame.filename.rsplit('/skolnav/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in reversed(own[-most:])
    )
