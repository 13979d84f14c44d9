"""What becomes of feedback when companies or people are merged."""

from customers.merging.relations import moves
from feedback.tickets.models import Ticket

moves(Ticket, "company", "what one of them told us, the customer told us", counted=True)
moves(Ticket, "contact", "the person who told us is the one that stays", counted=True)
