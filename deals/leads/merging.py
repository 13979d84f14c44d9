"""What becomes of leads when the company or the person they became is merged."""

from customers.merging.relations import moves
from deals.leads.models import Lead

moves(Lead, "company", "the lead became the customer that stays", counted=True)
moves(Lead, "contact", "the lead became the person that stays", counted=True)
