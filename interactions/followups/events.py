"""What the verbs of follow-ups leave behind."""

PLANNED = "followups.planned"
RESCHEDULED = "followups.rescheduled"
COMPLETED = "followups.completed"
CANCELLED = "followups.cancelled"
DUE = "followups.due"
