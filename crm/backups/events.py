"""What backups leave behind in the book of the house."""

TAKEN = "backups.taken"
FAILED = "backups.failed"
DRILLED = "backups.drilled"
DOWNLOADED = "backups.downloaded"
OVERDUE = "backups.overdue"
