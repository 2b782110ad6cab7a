"""From raw rows to entities, one module for each noun."""
