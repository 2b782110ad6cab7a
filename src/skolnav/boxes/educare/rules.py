"""Who may do what with fritids."""

from skolnav.core.access.rules import is_family, is_staff

may_open = is_family
may_see_staff_side = is_staff
