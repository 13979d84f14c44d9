"""What keeps the summaries: a reader of the spine."""

from reports.kept import summaries

# Imported for its registration.
READER = summaries.read
