"""The team lead's no to a special price, read from what happened: it stands until the price changes or is agreed to after all."""

from django.db.models import Q

from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from deals.orders import events
from deals.orders.models import Order

# A change of lines, currency or mark prices the order anew, and its event says so (`services.update`).
OF_THE_PRICE = Q(activity__verb__in=(events.SPECIAL_PRICE_DECLINED, events.SPECIAL_PRICE_AGREED)) | Q(
    activity__verb=events.UPDATED, activity__data__has_key="special"
)


def refusal_of(order) -> Activity | None:
    """The event that declined the price as it is now, with its reason; None where nobody did."""
    if not (order.is_draft and order.awaits_agreement):
        return None
    kind = kind_of(Order)
    told = About.objects.filter(OF_THE_PRICE, kind=kind, object_id=order.pk, activity__kind=kind, activity__object_id=order.pk)
    last = told.select_related("activity__actor").order_by("-at", "-activity_id").first()
    return last.activity if last and last.activity.verb == events.SPECIAL_PRICE_DECLINED else None
