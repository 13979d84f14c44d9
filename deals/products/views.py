"""The pages of products: load through the scope, call one verb, answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.activity.timeline import timeline
from crm.core.policy import allows
from crm.web.amounts import amount
from crm.web.lists import ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage
from deals.products import services
from deals.products.filters import ProductFilters
from deals.products.forms import ProductForm
from deals.products.models import Product
from deals.products.tables import TABLE, state_of


class Products(ListPage):
    """All we sell, and what we used to sell."""

    model, table, filters = Product, TABLE, ProductFilters
    title = gettext_lazy("Products")
    presets = (
        Preset("on_sale", gettext_lazy("On sale"), "on_sale=true"),
        Preset("retired", gettext_lazy("Not sold any more"), "on_sale=false"),
        Preset("all", gettext_lazy("All"), ""),
    )
    empty_icon = "package"
    empty_title = gettext_lazy("No products yet")
    empty_text = gettext_lazy("Orders are made of products. Import a price list or add the first one.")
    create_url = "deals:products:new"
    import_kind = "products"
    related = ("category",)


class ProductPage(RecordPage):
    """All we know about one product."""

    model = Product
    related = ("category",)
    template = "deals/products/detail.html"

    def context(self, request, record):
        actor = request.user
        return {
            "state": state_of(record),
            "floor_price": amount(actor, "products.floor_price", record.floor_price),
            "timeline": timeline(record, actor),
            "may_edit": allows(actor, "products.edit", record),
        }


class ProductPanels(PanelsPart):
    """What other rooms show on the page of a product."""

    model = Product


class CreateProduct(FormPage):
    """Add a product."""

    model, form, action = Product, ProductForm, "create"
    title = gettext_lazy("New product")

    def save(self, request, form, record):
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"])

    def success_url(self, saved):
        return reverse("deals:products:detail", args=[saved.pk])


class EditProduct(FormPage):
    """Change a product."""

    model, form = Product, ProductForm
    related = ("category",)
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.name}

    def success_url(self, saved):
        return reverse("deals:products:detail", args=[saved.pk])


class RetireProduct(Act):
    """Take a product off the market."""

    model = Product

    def act(self, request, record):
        services.retire(record, by=request.user)
        return _("%(name)s is not sold any more") % {"name": record.name}


class OfferProduct(Act):
    """Put a product back on sale."""

    model = Product

    def act(self, request, record):
        services.offer(record, by=request.user)
        return _("%(name)s is on sale again") % {"name": record.name}
