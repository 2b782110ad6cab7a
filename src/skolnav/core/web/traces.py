"""Where an exception and a request came from, without texts and addresses: they quote rows and what people typed."""

import traceback
from types import TracebackType
from typing import Any


def places(trace: TracebackType | None, most: int = 6) -> str:
    """The innermost frames, our own where there are any, innermost first."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if "/skolnav/" in frame.filename] or frames
    return " < ".join(
        f"{frame.filename.rsplit('/skolnav/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in reversed(own[-most:])
    )


def route_of(request: Any) -> str:
    """The pattern of a request's route, not the address: that could name somebody, or open something."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "?"
