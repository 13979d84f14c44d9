"""What each line of the log carries, as text or as one JSON object a line."""

import json
import logging
from datetime import UTC, datetime

from crm.core import context

# What a line may be given by `extra=…`, besides what is known of the present request or job.
EXTRA = ("method", "status", "duration_ms")


class RequestIdFilter(logging.Filter):
    """Write the id of the present request into each line of the log, and the job's beside it."""

    def filter(self, record):
        record.request_id = context.request_id()
        # A job that no request started is named by its own code alone.
        record.trace = " ".join(dict.fromkeys(filter(None, (record.request_id, context.facts().get("job")))))
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object for each line: time (UTC), level, logger, message, request id, and what else is known of the work."""

    def format(self, record):
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": context.request_id(),
            **context.facts(),
        }
        told |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
