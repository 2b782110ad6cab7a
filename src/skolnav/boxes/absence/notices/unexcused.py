"""Unexcused absence: what the guardians are told the same day."""
