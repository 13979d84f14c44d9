"""Lists, records, forms and navigation: what all pages share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Lists, records, forms and navigation: what all pages share."""

    name = "crm.web"
    label = "web"
    verbose_name = _("Pages")
