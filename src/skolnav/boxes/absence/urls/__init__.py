"""The pages of absence: reports, attendance, unexcused absence and leave."""

from . import attendance, leave, reporting, unexcused

family_urls = [*reporting.family_urls, *unexcused.family_urls, *leave.family_urls]
staff_urls = [*attendance.staff_urls, *reporting.staff_urls, *unexcused.staff_urls, *leave.staff_urls]
