"""What feedback may look like: one set of rules for page, import and API."""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from feedback.tickets.models import Ticket

# A year of two digits typed as it stands (0019) is no time at which anything came in.
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
FIELDS = (
    "name",
    "company",
    "contact",
    "product",
    "category",
    "tags",
    "content",
    "channel",
    "priority",
    "received_at",
    "due_at",
    "external_id",
)
REQUIRED = ("category", "content")
LONGEST_TAG = 40
LONGEST_SUBJECT = 60


def clean(values, *, ticket=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    problems.required(values, *(name for name in REQUIRED if ticket is None or name in values))
    problems.length(values, Ticket)
    problems.choices(values, Ticket)
    if any(len(tag) > LONGEST_TAG for tag in values.get("tags") or ()):
        problems.add("tags", _("A tag has at most %(limit)d characters.") % {"limit": LONGEST_TAG})
    _clean_contact(values, ticket, problems)
    _clean_times(values, ticket, problems)
    problems.check()
    return _with_subject(values, ticket)


def _clean_contact(values, ticket, problems):
    contact = values.get("contact", ticket and ticket.contact)
    company = values.get("company", ticket and ticket.company)
    if contact is not None and contact.company_id != (company and company.pk):
        problems.add("contact", _("This contact belongs to another company."))


def _clean_times(values, ticket, problems):
    received = values.get("received_at") or (ticket.received_at if ticket else clock.now())
    if received > clock.now():
        problems.add("received_at", _("This time lies in the future."))
    if received < EARLIEST:
        problems.add("received_at", _("This time lies too far back."))
    if values.get("due_at") and values["due_at"] < received:
        problems.add("due_at", _("Feedback cannot be due before it came in."))


def _with_subject(values, ticket):
    """Feedback without a subject is called by how it begins."""
    if values.get("name") or (ticket is not None and "name" not in values):
        return values
    content = values.get("content") or ticket.content
    return values | {"name": content.splitlines()[0][:LONGEST_SUBJECT]}
