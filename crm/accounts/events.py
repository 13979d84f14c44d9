"""What the verbs of people leave behind."""

CREATED = "people.created"
MOVED = "people.moved"
ROLE_CHANGED = "people.role_changed"
DEACTIVATED = "people.deactivated"
REACTIVATED = "people.reactivated"
INVITED = "people.invited"
PASSWORD_CHANGED = "people.password_changed"  # noqa: S105
SECOND_STEP_REMOVED = "people.second_step_removed"
TOKEN_ISSUED = "people.token_issued"  # noqa: S105
TOKEN_REVOKED = "people.token_revoked"  # noqa: S105
NEW_DEVICE = "people.new_device"
LANGUAGE_CHOSEN = "people.language_chosen"
VIEW_SAVED = "people.view_saved"
VIEW_CHANGED = "people.view_changed"
VIEW_DELETED = "people.view_deleted"
TEAM_CREATED = "teams.created"
TEAM_LED = "teams.led"
