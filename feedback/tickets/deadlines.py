"""By when feedback has to be solved, by its priority and in working time (A12.2)."""

from datetime import timedelta

from crm.calendars.services import business_time
from feedback.tickets.models import Ticket

# Working hours for the most urgent, workdays for the others.
HOURS = {Ticket.Priority.P1: 4}
DAYS = {Ticket.Priority.P2: 1, Ticket.Priority.P3: 3, Ticket.Priority.P4: 5}


def due_at(received_at, priority):
    """The moment by which feedback of this priority is to be solved."""
    working = business_time()
    if priority in HOURS:
        return working.add(received_at, timedelta(hours=HOURS[priority]))
    return working.add_days(received_at, DAYS[priority])
