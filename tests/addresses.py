"""Every address of the house, read from the resolver."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, reverse

# Which noun a `<int:pk>` means, by the namespace of the address or the prefix of an API name.
NOUN_OF = {
    "customers:companies": "companies", "customers:contacts": "contacts", "interactions:log": "interactions",
    "interactions:followups": "followups", "deals:products": "products", "deals:leads": "leads",
    "deals:opportunities": "opportunities", "deals:contracts": "contracts", "deals:orders": "orders",
    "deals:payments": "payments", "feedback:tickets": "tickets", "backups": "backups",
}  # fmt: skip
API_NOUN = {
    "company": "companies", "contact": "contacts", "interaction": "interactions", "followup": "followups", "product": "products",
    "lead": "leads", "opportunity": "opportunities", "contract": "contracts", "order": "orders", "payment": "payments",
    "instalment": "instalments", "ticket": "tickets", "backup": "backups", "drill": "drills",
}  # fmt: skip
# Payments are planned, received and written off on the page of their order.
OF_ORDERS = {"deals:payments:plan", "deals:payments:receive", "deals:payments:write-off"}
# Files and stars lie with records of many kinds; the tables ask for those of a company. Only companies have a past.
OF_COMPANIES = {"files:of-record", "stars:star", "customers:past:as-of"}
MISSING = 987654321


@dataclass(frozen=True)
class Address:
    """One named address with the arguments it takes."""

    name: str
    arguments: tuple[str, ...]

    @property
    def noun(self):
        """The noun its `pk` means, as far as we can tell."""
        if self.name in OF_ORDERS:
            return "orders"
        if self.name in OF_COMPANIES:
            return "companies"
        if self.name == "backups:drill":
            return "drills"
        if self.name.startswith("api:"):
            return API_NOUN.get(self.name.removeprefix("api:").split("-")[0])
        return NOUN_OF.get(self.name.rpartition(":")[0])

    def url(self, world, **known):
        """The address about the world's records; a record that does not exist where the noun is unknown."""
        record = world.get(self.noun)
        values = {}
        for argument in self.arguments:
            if argument in known:
                values[argument] = known[argument]
            elif argument == "pk":
                values[argument] = record.pk if record is not None else MISSING
            elif argument == "record":
                values[argument] = world["companies"].pk
            elif argument in ("noun", "name", "kind"):
                values[argument] = "companies"
            else:
                values[argument] = MISSING
        return reverse(self.name, kwargs=values)


def addresses():
    """All named addresses but those of the administration, of signing in and of the API's format suffixes."""
    return sorted(set(_walk(get_resolver().url_patterns, ())), key=lambda address: address.name)


def _walk(patterns, namespaces):
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            if pattern.namespace == "admin":
                continue
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name and not pattern.name.startswith(("account_", "mfa_")):
            yield Address(":".join((*namespaces, pattern.name)), tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex))
