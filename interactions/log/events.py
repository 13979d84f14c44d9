"""What the verbs of interactions leave behind."""

LOGGED = "interactions.logged"
UPDATED = "interactions.updated"
DELETED = "interactions.deleted"
RESTORED = "interactions.restored"
