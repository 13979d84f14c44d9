"""What matching adds to the house."""

from crm.rest.router import router
from customers.matching import wording  # noqa: F401 - registers the words of its events
from customers.matching.api import CompanyAccess, ContactAccess

router.register("companies/access", CompanyAccess, basename="company-access")
router.register("contacts/access", ContactAccess, basename="contact-access")
