"""What the verbs of payments leave behind."""

PLANNED = "instalments.planned"
RECEIVED = "payments.received"
REFUNDED = "payments.refunded"
WRITTEN_OFF = "payments.written_off"
RECOVERED = "payments.recovered"
ALLOCATED = "payments.allocated"
IDENTITY_BROKEN = "payments.identity_broken"
