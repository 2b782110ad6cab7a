"""The box Schema keeps no tables of its own: lessons stand in core.timetable."""

BOX = "schedule"
