"""Selections of products that read aloud."""

from crm.core.scope import ScopedQuerySet


class ProductQuerySet(ScopedQuerySet):
    """Products by meaning; they belong to nobody, so a person sees all of them or none."""

    def on_sale(self):
        """Products that may be offered and ordered."""
        return self.filter(is_active=True)

    def visible_to(self, actor, action="view"):
        return self.live() if actor.may(f"products.{action}") else self.none()

    def binned_visible_to(self, actor, action="restore"):
        return self.binned() if actor.may(f"products.{action}") else self.none()

    def newest_visible_to(self, actor, limit, action="view"):
        return self.visible_to(actor, action).order_by("-updated_at", "-pk")[:limit]
