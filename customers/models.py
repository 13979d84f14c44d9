"""The models of this floor, room by room."""

from customers.companies.models import *  # noqa: F403
from customers.contacts.models import *  # noqa: F403
from customers.duplicates.models import *  # noqa: F403
from customers.matching.models import *  # noqa: F403
from customers.merging.models import *  # noqa: F403
from customers.quality.models import *  # noqa: F403
