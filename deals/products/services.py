"""The verbs of products."""

from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from crm.activity.spine import change, creation, event, record_many
from crm.core import clock
from crm.core.errors import WrongState
from crm.core.policy import require
from customers.companies.services import refuse_stale
from deals.products import events
from deals.products.cleaning import clean
from deals.products.models import Product, ProductCategory


def create(values, *, by, once=""):
    """Add a product to what we sell; its category is made when it is new."""
    with creation(events.CREATED, by=by, right="products.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        values = clean(values)
        product = _build(values, categories_of([values]))
        product.save(force_insert=True)
        found.subject = product
        return product


def create_many(rows, *, by):
    """Add products in one go: `rows` are clean values; one event each; refused rows must be sorted out before."""
    with event(events.CREATED, by=by):
        require(by, "products.create")
        categories = categories_of(rows)
        products = Product.objects.bulk_create([_build(values, categories) for values in rows], batch_size=1000)
        record_many(events.CREATED, products, by=by)
        return products


def update(product, values, *, by, version=None):
    """Change the given fields; with `version`, refuse when somebody saved in between."""
    with change(events.UPDATED, product, by=by, right="products.edit") as (product, found):
        refuse_stale(product, version)
        values = clean(values, product=product)
        changed = _apply(product, values, categories_of([values]))
        if not changed:
            found.subject = None
            return product
        product.store(*changed, *(("sort_key", "latin") if "name" in changed else ()))
        found.data["fields"] = changed
        return product


def retire(product, *, by):
    """Take a product off the market: it stays on old orders, but nobody can order it any more."""
    return _switch(product, events.RETIRED, on_sale=False, by=by)


def offer(product, *, by):
    """Put a retired product back on sale."""
    return _switch(product, events.OFFERED, on_sale=True, by=by)


def withdraw(product, *, by):
    """Take out a product that was entered by mistake; one that is named anywhere stays, and can be retired. Its code is free again."""
    with change(events.WITHDRAWN, product, by=by, right="products.edit") as (product, found):
        if product.deleted_at:
            found.subject = None
            return product
        # Held wholly: an order that is just naming it waits, or is seen here.
        Product._base_manager.select_for_update().get(pk=product.pk)
        _refuse_used(product)
        product.deleted_at, product.external_id = clock.now(), ""
        product.store("deleted_at", "external_id")
        return product


def categories_of(rows):
    """The categories that these values name, by name; missing ones are made."""
    names = {str(values["category"]) for values in rows if values.get("category")}
    if names:
        ProductCategory.objects.bulk_create([ProductCategory(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {row.name: row for row in ProductCategory.objects.filter(name__in=names)} if names else {}


def _switch(product, verb, *, on_sale, by):
    with change(verb, product, by=by, right="products.edit") as (product, found):
        if product.is_active == on_sale:
            found.subject = None
            return product
        product.is_active = on_sale
        product.store("is_active")
        return product


def _refuse_used(product):
    for relation in product._meta.related_objects:
        model = relation.related_model
        if not issubclass(model, Event) and model._base_manager.filter(**{relation.field.name: product}).exists():
            sentence = _("%(product)s is named by others already (%(what)s) and stays. Take it off the market instead.")
            raise WrongState(sentence % {"product": product, "what": model._meta.verbose_name_plural}, code="product_used")


def _build(values, categories):
    product = Product(created_at=clock.now(), updated_at=clock.now())
    _apply(product, values, categories)
    return product


def _apply(product, values, categories):
    """Set the values; the names of the fields that changed."""
    values = dict(values)
    if "category" in values:
        values["category"] = categories[str(values["category"])] if values["category"] else None
    changed = [field for field, value in values.items() if getattr(product, field) != value]
    for field in changed:
        setattr(product, field, values[field])
    if "name" in changed:
        product.set_name(values["name"])
    return changed
