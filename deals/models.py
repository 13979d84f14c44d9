"""The models of this floor, room by room."""

from deals.contracts.models import *  # noqa: F403
from deals.leads.models import *  # noqa: F403
from deals.opportunities.models import *  # noqa: F403
from deals.orders.models import *  # noqa: F403
from deals.payments.models import *  # noqa: F403
from deals.products.models import *  # noqa: F403
