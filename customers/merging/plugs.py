"""What merging adds to the house."""

from crm.core.successors import successors
from customers.merging import (
    companies,  # noqa: F401 - registers how companies are merged
    contacts,  # noqa: F401 - registers how people are merged
    platform,  # noqa: F401 - registers what becomes of the platform's rows
    telling,  # noqa: F401 - registers the words of its events
)
from customers.merging.redirects import successors_of

for noun in ("companies", "contacts"):
    successors.add(noun, successors_of(noun))
