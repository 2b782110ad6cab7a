"""Leave: asked for, decided."""
