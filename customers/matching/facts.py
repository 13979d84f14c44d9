"""What a record, or a row on its way in, is recognised by: the same few things for companies, people and leads."""

from dataclasses import dataclass
from functools import cached_property

from crm.core.text import pinyin_key
from customers.matching import personnames
from customers.matching.firmnames import firm

NOTHING = frozenset()


@dataclass(eq=False)
class Facts:
    """What somebody is recognised by, in stored forms. `phones` are all numbers, `mobiles` those that belong to a person.

    `company_id` is the company of a person; `is_firm` says that the record can be found by the name of the firm.
    """

    firm: str = ""
    person: str = ""
    company_id: int | None = None
    credit_code: str = ""
    mobiles: frozenset = NOTHING
    phones: frozenset = NOTHING
    emails: frozenset = NOTHING
    domains: frozenset = NOTHING
    wechats: frozenset = NOTHING
    is_firm: bool = True

    @cached_property
    def parsed_firm(self):
        """The firm's name taken apart, or None."""
        return firm(self.firm) if self.firm else None

    @cached_property
    def parsed_person(self):
        """The person's name taken apart, or None."""
        return personnames.parse(self.person) if self.person else None

    @cached_property
    def keys(self) -> frozenset:
        """What the tables are asked for, as pairs of kind and value; a name that says hardly anything is not asked for."""
        found = {("credit_code", self.credit_code)} if self.credit_code else set()
        for kind, values in (("phone", self.phones), ("email", self.emails), ("domain", self.domains), ("wechat", self.wechats)):
            found |= {(kind, value) for value in values}
        if self.is_firm and self.firm and len(self.parsed_firm.parsed.core) > 1:
            # Of namesakes in many places not all are looked at, so the name in full is asked for besides.
            found |= {("name", self.parsed_firm.key), ("full_name", f"{self.parsed_firm.key}\n{self.firm}")}
        if self.company_id and self.person:
            # A person of one company is looked for by the name: of a company with thousands not all are compared.
            found.add(("member", f"{self.company_id}:{pinyin_key(self.person, person=True)[:200]}"))
        return frozenset(found)
