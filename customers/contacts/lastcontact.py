"""When a person was last spoken to; called by the verbs of interactions inside their own event."""

from customers.contacts.models import Contact


def note_contact(contact_id, *, at):
    """A new contact; one entered late never moves the date back."""
    Contact._base_manager.filter(pk=contact_id).exclude(last_contact_at__gte=at).update(last_contact_at=at)


def reset_contact(contact_id, *, at):
    """The last contact after a correction, None when there is none left."""
    Contact._base_manager.filter(pk=contact_id).update(last_contact_at=at)
