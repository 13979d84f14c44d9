"""What the opportunity funnel adds to the house."""

from reports.pipeline import cells

# Imported for the summaries it registers.
SUMMARIES = cells.groups
