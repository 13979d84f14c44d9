"""Why a pair was found, in words: what agrees first, then what differs."""

from functools import cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from customers.matching.addresses import Address
from customers.matching.companynames import Name
from customers.matching.linkage.comparing import NOTHING, SAME
from customers.matching.personnames import Person

NAMES = {
    "company": gettext_lazy("company name"),
    "name": gettext_lazy("name"),
    "contact": gettext_lazy("contact person"),
    "address": gettext_lazy("address"),
    "phone": gettext_lazy("phone"),
    "mobile": gettext_lazy("mobile"),
    "landline": gettext_lazy("fixed line"),
    "email": gettext_lazy("e-mail"),
    "domain": gettext_lazy("domain"),
    "website": gettext_lazy("website"),
    "credit_code": gettext_lazy("credit code"),
    "place": gettext_lazy("city"),
    "id_number": gettext_lazy("ID number"),
    "wechat": gettext_lazy("WeChat"),
    "birth_date": gettext_lazy("date of birth"),
    "given_name": gettext_lazy("given name"),
    "family_name": gettext_lazy("family name"),
    "street": gettext_lazy("street"),
    "street_number": gettext_lazy("house number"),
    "address_2": gettext_lazy("address, second line"),
    "postcode": gettext_lazy("postcode"),
    "city": gettext_lazy("city"),
    "province": gettext_lazy("province"),
    "gender": gettext_lazy("gender"),
}
STEPS = {
    "company": {
        Name.SOUNDS_SAME: gettext_lazy("sounds the same"),
        Name.SHORTENED: gettext_lazy("one is shorter"),
        Name.SLIP: gettext_lazy("one character apart"),
        Name.ABBREVIATED: gettext_lazy("one abbreviates the other"),
        Name.SISTER: gettext_lazy("same brand, other business"),
        Name.ONE_APART: gettext_lazy("one character apart"),
    },
    "address": {Address.SAME_HOUSE: gettext_lazy("same house"), Address.SAME_STREET: gettext_lazy("same street")},
    "name": {
        Person.SOUNDS_SAME: gettext_lazy("sounds the same"),
        Person.SLIP: gettext_lazy("one character apart"),
        Person.COULD_BE: gettext_lazy("could be the same"),
        Person.ONE_APART: gettext_lazy("one character apart"),
    },
}
STEPS["contact"] = STEPS["name"]


def found(linked, place) -> dict:
    """What agrees, is alike and differs in a pair, as data that can be kept: {"same": [evidence], "near": [[evidence, step]], "other": [evidence]}."""
    said = {"same": [], "near": [], "other": []}
    for spot, each in enumerate(linked.evidence):
        step = int(linked.levels[place, spot])
        if step == SAME:
            said["same"].append(each.name)
        elif step == each.comparison.steps:
            said["other"].append(each.name)
        elif step != NOTHING:
            said["near"].append([each.name, step])
    return said


def agreeing(said: dict) -> str:
    """Only what agrees: “same phone, credit code”."""
    return words({"same": said["same"], "near": said["near"][:1], "other": []})


def words(said: dict) -> str:
    """One sentence for a pair: “same phone, credit code; company name one is shorter; address differs”."""
    say = _phrases(get_language())
    near = [say(name, step) for name, step in said["near"]]
    parts = [say("same", ", ".join(map(say, said["same"]))), *near, say("other", ", ".join(map(say, said["other"])))]
    return "; ".join(part for part in parts if part)


@cache
def _phrases(_language):
    """The words of one language, looked up once: a list of a million pairs asks for them again and again."""
    names = {name: str(label) for name, label in NAMES.items()}
    steps = {(name, int(step)): f"{names[name]}: {label}" for name, labels in STEPS.items() for step, label in labels.items()}
    nearly, same, other = _("nearly the same"), _("same %(things)s"), _("other %(things)s")

    def say(name, step=None):
        if name in ("same", "other"):
            return (same if name == "same" else other) % {"things": step} if step else ""
        return names[name] if step is None else steps.get((name, step)) or f"{names[name]}: {nearly}"

    return say
