"""What people are told of by bell and mail, by who tells it."""

from . import family, staff

__all__ = ["family", "staff"]
