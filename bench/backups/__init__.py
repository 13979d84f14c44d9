"""How long a backup of a large firm takes, and the way back (LIMITS F7)."""
