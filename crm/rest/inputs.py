"""What calls of many nouns ask for alike."""

from django.contrib.auth import get_user_model
from rest_framework import serializers

from crm.rest.serializers import Input


class AssignmentInput(Input):
    """Who gets it, and why."""

    owner = serializers.PrimaryKeyRelatedField(queryset=get_user_model().objects.filter(is_system=False))
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class ReasonInput(Input):
    """Why."""

    reason = serializers.CharField(max_length=1000)
