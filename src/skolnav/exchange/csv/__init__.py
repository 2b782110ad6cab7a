"""A timetable as CSV in: read -> plan -> apply -> report. Shown first, then written whole or not at all."""
