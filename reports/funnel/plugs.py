"""What the funnel adds to the house."""

from reports.funnel import summaries

__all__ = ["summaries"]
