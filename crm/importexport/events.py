"""What imports and exports leave behind."""

STARTED = "imports.started"
FINISHED = "imports.finished"
UNDONE = "imports.undone"
EXPORTED = "exports.made"
