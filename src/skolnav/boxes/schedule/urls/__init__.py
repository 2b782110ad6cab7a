"""The timetable's pages: the families' side, and the staff's with the office's week grid."""

from .family import family_urls
from .office import staff_urls as office_urls
from .staff import staff_urls as own_urls

staff_urls = [*own_urls, *office_urls]

__all__ = ["family_urls", "staff_urls"]
