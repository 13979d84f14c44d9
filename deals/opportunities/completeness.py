"""How complete an opportunity is, in percent: the weighted share of what one must know to win it (PRODUCT A13.3)."""

from django.utils.translation import gettext as _

from customers.companies import weights

# Where each of them stands: on the opportunity, or on the company it is with.
FIELDS = {
    "need": lambda row: row.need.strip(),
    "contact": lambda row: row.contact_id,
    "amount": lambda row: row.amount,
    "size": lambda row: row.company.size if row.company_id else "",
    "decision_path": lambda row: row.decision_path.strip(),
    "expected_close": lambda row: row.expected_close,
}


def score(opportunity) -> int:
    """0 to 100, by the weights that an administrator sets."""
    wanted = _wanted()
    return weights.percent(wanted, {field for field in wanted if FIELDS[field](opportunity)})


def explained(opportunity) -> list[tuple[str, int]]:
    """What is missing, and how many points of a hundred each would add, the weightiest first."""
    wanted = _wanted()
    empty = [(field, weights.percent(wanted, {field})) for field in wanted if not FIELDS[field](opportunity)]
    return sorted(empty, key=lambda pair: -pair[1])


def gaps(opportunity) -> list[dict]:
    """The same for its page: words, points, and the form with the field."""
    labels = {"size": _("company size"), "contact": _("key contact"), "amount": _("budget")}
    return [
        {
            "label": labels.get(field) or opportunity._meta.get_field(field).verbose_name,
            "points": points,
            "url": f"/customers/companies/{opportunity.company_id}/edit/#id_size" if field == "size" else f"edit/#id_{field}",
        }
        for field, points in explained(opportunity)
    ]


def _wanted():
    return {field: points for field, points in weights.of("opportunities").items() if field in FIELDS}
