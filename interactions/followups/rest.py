"""Whom something concerns, as the API writes and reads it; shared by follow-ups and interactions."""

from django.contrib.contenttypes.models import ContentType
from rest_framework import serializers

from crm.rest.serializers import Input, ScopedKey
from customers.companies.models import Company
from customers.contacts.models import Contact
from interactions.followups import abouts


class AboutRef(Input):
    """A lead or an opportunity: `{"noun": "leads", "id": 12}`."""

    noun = serializers.CharField(max_length=40)
    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class AboutInput(AboutRef):
    """The same, read as the record it names, if the caller may see it."""

    def to_internal_value(self, data):
        given = super().to_internal_value(data)
        return abouts.load(given["noun"], given["id"], self.context["request"].user)


class ConcernsInput(Input):
    """Whom it concerns."""

    company = ScopedKey(Company, required=False, allow_null=True)
    contact = ScopedKey(Contact, required=False, allow_null=True)
    about = AboutInput(required=False, allow_null=True)


def about_of(row):
    """The lead or opportunity of a row as the API names it, or None."""
    if row.about_id is None:
        return None
    return {"noun": ContentType.objects.get_for_id(row.about_kind_id).model_class().noun, "id": row.about_id}
