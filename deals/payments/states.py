"""How instalments stand: paid, due or late; in words and as the strip of a contract."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.core import clock
from crm.web import components, formats
from deals.payments.balances import share
from deals.payments.models import Instalment, Payment

Kind = Payment.Kind
KIND_TONES = {Kind.RECEIPT: ("ok", "coins"), Kind.REFUND: ("warn", "arrow-back-up"), Kind.BAD_DEBT: ("bad", "alert-triangle")}
MOST_LABELS = 3


@dataclass
class Strip:
    """The instalments of a contract or an order in one line, with the words below it: pairs of text and tone."""

    items: list = field(default_factory=list)
    labels: list = field(default_factory=list)


def kind_of(payment):
    """What kind of movement of money this is; a bad debt that was taken back is money again."""
    tone, icon = KIND_TONES[payment.kind]
    if payment.kind == Kind.BAD_DEBT and payment.amount < 0:
        return components.status("ok", _("Bad debt recovered"), "arrow-back-up")
    words = {Kind.RECEIPT: _("Money in"), Kind.REFUND: _("Refunded"), Kind.BAD_DEBT: _("Bad debt")}
    return components.status(tone, words[payment.kind], icon)


def is_late(row, today=None):
    """Whether a part of it is missing though its day has passed; `row` comes with `open`."""
    return row.open > 0 and row.due_on < (today or clock.today())


def state_of(row):
    """How an instalment stands; `row` comes with `open` and `settled`."""
    if row.open <= 0:
        return components.status("ok", _("Paid in full"))
    if is_late(row):
        return components.status("bad", formats.overdue(row.due_on), "clock-stop")
    if row.settled > 0:
        return components.status("info", _("Paid in part"), "player-play")
    return components.status("mute", formats.ago(row.due_on), "calendar-event")


def due_of(row):
    """When an open instalment is due, red when the day has passed."""
    return components.alarm("bad", formats.overdue(row.due_on), "clock-stop") if is_late(row) else formats.day(row.due_on)


def strip_of(rows, total, received=None) -> Strip:
    """The strip for instalments with `open` and `settled` that are parts of `total`; what is not planned yet is empty."""
    if not total:
        return Strip()
    rows = sorted(rows, key=lambda row: (row.due_on, row.pk))
    settled = sum((row.settled for row in rows), Decimal(0))
    unplanned = max((received or 0) - settled, Decimal(0))
    items = [_item(unplanned, total, "got")]
    for row in rows:
        items += [_item(row.settled, total, "got"), _item(row.open, total, "late" if is_late(row) else "open")]
    planned = sum((row.amount for row in rows), Decimal(0)) + unplanned
    items.append(_item(total - planned, total, "open"))
    return Strip([item for item in items if item["share"] > 0], _labels(rows, total, settled + unplanned))


def numbered(rows):
    """Instalments in the order of their days with the number that each has on the strip."""
    return list(enumerate(sorted(rows, key=lambda row: (row.due_on, row.pk)), start=1))


def _item(amount, total, state):
    return {"share": max(amount, 0) * 100 / total, "state": state}


def _labels(rows, total, received):
    labels = [(_("Received %(share)s") % {"share": f"{share(received, total)}%"}, "")]
    waiting = [(place, row) for place, row in numbered(rows) if row.open > 0]
    for place, row in waiting[: MOST_LABELS - 1]:
        facts = {"n": place, "share": formats.percent(row.open / total, 0), "when": formats.overdue(row.due_on)}
        if is_late(row):
            labels.append((_("No. %(n)d, %(share)s, %(when)s") % facts, "bad"))
        else:
            labels.append((_("No. %(n)d on %(day)s") % {"n": place, "day": formats.day(row.due_on)}, ""))
    return labels


def with_open(rows):
    """Settled and open amounts of instalments that were read without them: id → row with both; one query."""
    return Instalment.objects.filter(pk__in=[row.pk for row in rows]).with_open().in_bulk()
