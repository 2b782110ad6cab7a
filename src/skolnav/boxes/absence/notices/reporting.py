"""Reports of absence: what the other guardian and the mentor are told."""
