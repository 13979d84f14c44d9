"""What the verbs of files leave behind; the subject is the record they lie with."""

ADDED = "files.added"
DELETED = "files.deleted"
RESTORED = "files.restored"
