"""What Ekdal's schools have told their families this autumn, written through the boxes' own actions."""

from .cast import Cast


def tell_autumn(cast: Cast) -> None:
    """News, files and calendar days, dated relative to today. Needs Ekdal's scope."""
