"""What all endpoints of the API share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestConfig(AppConfig):
    """What all endpoints of the API share."""

    name = "crm.rest"
    label = "rest"
    verbose_name = _("API")
