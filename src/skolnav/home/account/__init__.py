"""Min sida."""
