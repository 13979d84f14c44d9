"""A customer as it was: read from the old rows, compared with today, and brought back where people choose so."""
