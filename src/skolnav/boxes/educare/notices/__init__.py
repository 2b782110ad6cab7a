"""What people are told of by bell and mail."""

from . import staff  # noqa: F401
