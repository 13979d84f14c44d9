"""What the inputs of the API share that may meet a duplicate."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


def sure_field():
    """The field by which a caller says that he has compared what the house knows already."""
    return serializers.BooleanField(required=False, help_text=_("Save it although it may exist already; what a rule blocks stays refused."))
