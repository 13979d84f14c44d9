"""Channels over the API: the figures of the page, asked for by the same names."""

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from crm.core.policy import require
from interactions.followups.models import Channel
from reports.channels import channels, links
from reports.slices.asking import Question
from reports.slices.parameters import COMMON


class EffectAnswer(serializers.Serializer):
    """What one channel brought; shares of one, null where there is nothing to take a share of."""

    channel = serializers.ChoiceField(Channel.choices)
    contacts = serializers.IntegerField()
    satisfaction = serializers.FloatField(allow_null=True)
    success = serializers.FloatField(allow_null=True)
    list = serializers.CharField()


@extend_schema_serializer(many=False)
class ChannelsAnswer(serializers.Serializer):
    """The channels of a period."""

    first = serializers.DateField()
    last = serializers.DateField()
    channels = EffectAnswer(many=True)


class ChannelsReport(viewsets.ViewSet):
    """What each channel brings."""

    noun = "reports"
    serializer_class = ChannelsAnswer

    @extend_schema(parameters=list(COMMON), responses=ChannelsAnswer, operation_id="report_channels")
    def list(self, request):
        """Contacts, satisfaction and success of each channel that was used."""
        question = Question(request.user, request.query_params)
        require(request.user, "interactions.view")
        found = [
            {
                "channel": one.channel.value,
                "contacts": one.contacts,
                "satisfaction": one.satisfaction,
                "success": one.success,
                "list": links.contacts(question, one),
            }
            for one in channels.effects(question.part, question.period)
        ]
        return Response(ChannelsAnswer({"first": question.period.first, "last": question.period.last, "channels": found}).data)
