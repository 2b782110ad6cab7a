"""What absence tells people, by its parts."""

from . import followups, leave, reporting, unexcused

__all__ = ["followups", "leave", "reporting", "unexcused"]
