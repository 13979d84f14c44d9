"""What each line of the log carries."""

import logging

from crm.core import context


class RequestIdFilter(logging.Filter):
    """Write the id of the present request or job into each line of the log."""

    def filter(self, record):
        record.request_id = context.request_id()
        return True
