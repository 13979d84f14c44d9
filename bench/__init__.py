"""The benchmark: a firm of any size, built by SQL in a database of its own, and every page measured on it."""
