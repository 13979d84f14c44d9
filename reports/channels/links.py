"""The lists behind the figures of channels."""

from urllib.parse import urlencode

from reports.channels.channels import SATISFIED, Effect

INTERACTIONS = "/interactions/"


def contacts(question, effect: Effect) -> str:
    """The contacts by a channel."""
    return _list(question, {"channel": effect.channel.value})


def rated(question, effect: Effect) -> str:
    """Those of them that satisfied."""
    return _list(question, {"channel": effect.channel.value, "satisfaction_min": SATISFIED})


def _list(question, parameters):
    days = {"at_after": question.period.first.isoformat(), "at_before": question.period.last.isoformat()}
    return f"{INTERACTIONS}?{urlencode(parameters | days | question.part.parameters())}"
