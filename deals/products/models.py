"""Products: what we sell, at which price."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import Named, Record, external_id_once, name_indexes
from crm.core.money import MoneyField
from crm.core.scope import scoped_manager
from deals.products.queryset import ProductQuerySet

__all__ = ["Product", "ProductCategory"]


class ProductCategory(models.Model):
    """A family of products."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("product category"), _("product categories")
        ordering = ["name"]

    def __str__(self):
        return self.name


@tracked
class Product(Named, Record):
    """Something we sell; everybody who may see products sees all of them."""

    noun = "products"

    code = models.CharField(_("code"), max_length=60)
    category = models.ForeignKey(ProductCategory, models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("category"))
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    list_price = MoneyField(verbose_name=_("list price"), default=0)
    floor_price = MoneyField(verbose_name=_("floor price"), null=True, blank=True)
    tax_rate = models.DecimalField(_("tax rate, %"), max_digits=5, decimal_places=2, default=13)
    is_active = models.BooleanField(_("on sale"), default=True, editable=False)

    objects = scoped_manager(ProductQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("product"), _("products")
        indexes = [
            *name_indexes("product"),
            models.Index(fields=["-updated_at", "-id"], name="product_walk", condition=models.Q(deleted_at=None)),
        ]
        constraints = [
            external_id_once("product"),
            models.UniqueConstraint(Lower("code"), name="product_code", condition=models.Q(deleted_at=None)),
            models.CheckConstraint(condition=models.Q(list_price__gte=0), name="product_price_not_negative"),
            models.CheckConstraint(condition=models.Q(floor_price=None) | models.Q(floor_price__gte=0), name="product_floor_not_negative"),
            models.CheckConstraint(condition=models.Q(tax_rate__range=(0, 100)), name="product_tax_0_to_100"),
        ]

    def __str__(self):
        return self.name

    def owners(self):
        """Products belong to nobody in particular."""
        return set()

    def teams(self):
        """Products belong to no team."""
        return set()


explain_constraint("product_code", "code", _("A product with this code exists already."))
explain_constraint("product_external_id", "external_id", _("A product with this external ID exists already."))
