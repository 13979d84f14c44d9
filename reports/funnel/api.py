"""The funnel over the API: the figures of the page, asked for by the same names."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from customers.companies.models import Step
from reports.funnel import page
from reports.funnel.modes import MODES, OWN, USUAL, asked_by
from reports.slices.asking import Question
from reports.slices.parameters import COMMON


class StepAnswer(serializers.Serializer):
    """One step of the chain."""

    step = serializers.ChoiceField(Step.choices)
    customers = serializers.IntegerField()
    amount = serializers.DecimalField(18, 2, allow_null=True, help_text="Null for whoever may not read the single amounts.")
    median_days = serializers.FloatField(allow_null=True, help_text="Since the step before.")
    customers_before = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True, help_text="Share that went on to the next step.")
    rate_before = serializers.FloatField(allow_null=True)
    list = serializers.CharField(help_text="The list of these customers.")


class StageAnswer(serializers.Serializer):
    """How long opportunities stay in a stage."""

    stage = serializers.CharField()
    median_days = serializers.FloatField(allow_null=True)
    median_days_before = serializers.FloatField(allow_null=True)
    limit_days = serializers.IntegerField()


@extend_schema_serializer(many=False)
class FunnelAnswer(serializers.Serializer):
    """The funnel."""

    mode = serializers.ChoiceField(list(MODES.items()))
    first = serializers.DateField()
    last = serializers.DateField()
    steps = StepAnswer(many=True)
    stages = StageAnswer(many=True)


class FunnelReport(viewsets.ViewSet):
    """The four-step funnel."""

    noun = "reports"
    serializer_class = FunnelAnswer

    @extend_schema(parameters=[OpenApiParameter("mode", str, enum=list(MODES)), *COMMON], responses=FunnelAnswer, operation_id="report_funnel")
    def list(self, request):
        """Counts, money, rates and median days of the four steps."""
        asked = asked_by(Question(request.user, request.query_params, OWN, USUAL))
        found = page.find(asked)
        answer = {
            "mode": asked.mode,
            "first": asked.period.first,
            "last": asked.period.last,
            "steps": [_step(found, drawn, step) for drawn, step in zip(page.chain(found), Step, strict=True)],
            "stages": [
                {"stage": stay.stage.code, "median_days": stay.median, "median_days_before": stay.before, "limit_days": stay.stage.max_days}
                for stay in found.stays
            ],
        }
        return Response(FunnelAnswer(answer).data)


def _step(found, drawn, step):
    now, before = found.now.shown[step], found.before.shown[step]
    change = found.changes[step - 1] if step < Step.PAID else None
    return {
        "step": step,
        "customers": now.customers,
        "amount": now.amount if page.may_read_money(found.asked.part.actor, step) else None,
        "median_days": found.now.base[step].median,
        "customers_before": before.customers,
        "rate": change and change.rate,
        "rate_before": change and change.before,
        "list": drawn["url"],
    }
