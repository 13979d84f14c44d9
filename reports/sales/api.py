"""Sales over the API: the figures of the page, asked for by the same names."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from crm.core.policy import require
from reports.sales import links, results
from reports.sales.results import BY
from reports.slices.amounts import may_read
from reports.slices.asking import Question
from reports.slices.parameters import COMMON


class SalesLineAnswer(serializers.Serializer):
    """The result of one month, person, team or product; amounts are null for whoever may not read single ones."""

    key = serializers.CharField(allow_null=True, help_text="A month's first day, or an id.")
    name = serializers.CharField()
    received = serializers.DecimalField(18, 2, allow_null=True)
    payments = serializers.IntegerField()
    ordered = serializers.DecimalField(18, 2, allow_null=True)
    orders = serializers.IntegerField()
    quantity = serializers.DecimalField(18, 3, allow_null=True, help_text="Pieces, of a product.")
    payments_list = serializers.CharField()
    orders_list = serializers.CharField()


@extend_schema_serializer(many=False)
class SalesAnswer(serializers.Serializer):
    """The results of a period."""

    by = serializers.ChoiceField(list(BY["by"].items()))
    first = serializers.DateField()
    last = serializers.DateField()
    lines = SalesLineAnswer(many=True)
    total = SalesLineAnswer()


class SalesReport(viewsets.ViewSet):
    """Money received and orders placed."""

    noun = "reports"
    serializer_class = SalesAnswer

    @extend_schema(parameters=[OpenApiParameter("by", str, enum=list(BY["by"])), *COMMON], responses=SalesAnswer, operation_id="report_sales")
    def list(self, request):
        """By month, person, team or product; the present year unless a period is given."""
        question = Question(request.user, request.query_params, BY, kind="year")
        require(request.user, "payments.view")
        by, shows = question.choice("by"), may_read(request.user, "payments.amount", "orders.amount")
        lines, total = results.results_and_total(question.part, question.period, by)
        answer = {
            "by": by,
            "first": question.period.first,
            "last": question.period.last,
            "lines": [_line(line, shows) | _lists(question, by, line) for line in lines],
            "total": _line(total, shows) | _lists(question, by, None),
        }
        return Response(SalesAnswer(answer).data)


def _line(line, shows):
    money = {"received": line.received if shows else None, "ordered": line.ordered if shows else None}
    return {"key": line.key, "name": line.name, "payments": line.payments, "orders": line.orders, "quantity": line.quantity} | money


def _lists(question, by, line):
    if line is not None and line.key is None:
        return {"payments_list": "", "orders_list": ""}
    return {"payments_list": links.payments(question, by, line), "orders_list": links.orders(question, by, line)}
