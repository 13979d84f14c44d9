"""What interactions add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register("interactions", _("Interactions"), without=("assign",))
