"""What absence tells people, by its parts."""

from . import leave, reporting, unexcused

__all__ = ["leave", "reporting", "unexcused"]
