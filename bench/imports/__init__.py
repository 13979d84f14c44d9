"""How fast spreadsheets come in, beside a bare COPY of the same rows into the same tables."""
