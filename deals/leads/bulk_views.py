"""Things done with many leads at once, and their bin."""

from django.utils.translation import gettext_lazy, ngettext

from crm.bin.pages import BinPage, RestorePage
from crm.core.errors import Conflict
from crm.web.bulk import BulkPage
from crm.web.forms import HandOverForm
from deals.leads import pools, services
from deals.leads.forms import ReturnForm
from deals.leads.models import Lead


class LeadBin(BinPage):
    """Deleted leads."""

    model = Lead
    title = gettext_lazy("Deleted leads")
    list_url, restore_url = "deals:leads:list", "deals:leads:restore"


class RestoreLead(RestorePage):
    """Take a lead out of the bin."""

    model, bin_url = Lead, "deals:leads:bin"


class BulkClaim(BulkPage):
    """Take many leads out of the pool; those that somebody else just took are counted."""

    model, action, list_url = Lead, "claim", "deals:leads:pool"

    def act(self, request, rows, form):
        late = 0
        for row in rows:
            try:
                pools.claim(row, by=request.user)
            except Conflict:
                late += 1
        taken = len(rows) - late
        words = ngettext("%(n)d lead is yours now", "%(n)d leads are yours now", taken) % {"n": taken}
        return words + (" · " + ngettext("%(n)d was already claimed", "%(n)d were already claimed", late) % {"n": late} if late else "")


class BulkAssign(BulkPage):
    """Give many leads to one person."""

    model, action, list_url, form = Lead, "assign", "deals:leads:list", HandOverForm
    title = gettext_lazy("Assign")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = pools.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        return ngettext("%(n)d lead assigned to %(name)s", "%(n)d leads assigned to %(name)s", len(moved)) % {"n": len(moved), "name": to}


class BulkReturn(BulkPage):
    """Put many leads back into a pool."""

    model, action, list_url, form = Lead, "return", "deals:leads:list", ReturnForm
    title = gettext_lazy("Return to pool")

    def act(self, request, rows, form):
        pool = form.cleaned_data["pool"]
        moved = pools.return_to_pool(rows, pool=pool, by=request.user, reason=form.cleaned_data["reason"])
        return ngettext("%(n)d lead is back in %(pool)s", "%(n)d leads are back in %(pool)s", len(moved)) % {"n": len(moved), "pool": pool}


class BulkDelete(BulkPage):
    """Put many leads into the bin."""

    model, action, list_url = Lead, "delete", "deals:leads:list"

    def act(self, request, rows, form):
        services.delete_many(rows, by=request.user)
        return ngettext("%(n)d lead is in the bin", "%(n)d leads are in the bin", len(rows)) % {"n": len(rows)}
