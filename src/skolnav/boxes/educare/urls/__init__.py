"""The pages of fritids: the families', and the staff's."""

from . import family, staff

family_urls = [*family.family_urls]
staff_urls = [*staff.staff_urls]
