"""What a product may look like: one set of rules for page, import and API."""

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.figures import figure
from deals.products.models import Product, ProductCategory

# `category` is given by its name; a new name makes a new category.
FIELDS = ("name", "code", "category", "unit", "list_price", "floor_price", "tax_rate", "external_id")
FIGURES = {"list_price": {}, "floor_price": {}, "tax_rate": {"digits": 5, "most": 100}}
LONGEST_CATEGORY = ProductCategory._meta.get_field("name").max_length


def clean(values, *, product=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    problems.required(values, *(name for name in ("name", "code") if product is None or name in values))
    problems.length(values, Product)
    _clean_category(values, problems)
    _clean_figures(values, problems)
    problems.check()
    return values


def _clean_category(values, problems):
    if len(str(values.get("category") or "")) > LONGEST_CATEGORY:
        problems.add("category", _("At most %(limit)d characters.") % {"limit": LONGEST_CATEGORY})


def _clean_figures(values, problems):
    for field, bounds in FIGURES.items():
        if values.get(field, 0) in (None, ""):
            values[field] = Product._meta.get_field(field).get_default()
        elif field in values:
            with problems.of(field):
                values[field] = figure(values[field], least=0, **bounds)
