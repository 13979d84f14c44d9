"""Query strings of lists: what of an address belongs to the list itself and not to one page of it."""


def without(query, *names):
    """A copy that lacks these names."""
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def kept_of(query):
    """The query without what belongs to one page only; ticked columns are said in one word."""
    kept = without(query, "cursor", "part")
    if names := kept.pop("column", None):
        kept["cols"] = ",".join(names)
    return kept


def pairs(query):
    """Every name with every one of its values."""
    return [(key, value) for key, values in query.lists() for value in values]


def same(one, other):
    """Whether two queries ask for the same; what is empty asks for nothing."""
    return sorted(pair for pair in pairs(one) if pair[1]) == sorted(pair for pair in pairs(other) if pair[1])
