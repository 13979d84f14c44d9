"""What the verbs of companies leave behind, and the words for it."""

CREATED = "companies.created"
UPDATED = "companies.updated"
ASSIGNED = "companies.assigned"
SHARED = "companies.shared"
DELETED = "companies.deleted"
RESTORED = "companies.restored"
STEP_REACHED = "companies.step_reached"
