"""Why a pair was found, in words: what agrees first, then what differs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    },
    "address": {Address.SAME_HOUSE: gettext_lazy("same house"), Address.SAME_STREET: gettext_lazy("same street")},
    "name": {
        Person.SOUNDS_SAME: gettext_lazy("sounds the same"),
        Person.SLIP: gettext_lazy("one character apart"),
        Person.COULD_BE: gettext_lazy("could be the same"),
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


def words(said: dict) -> str:
    """One sentence for a pair: “same phone, credit code; company name one is shorter; address differs”."""
    same, other = ([str(NAMES[name]) for name in said[part]] for part in ("same", "other"))
    near = [_near(name, step) for name, step in said["near"]]
    parts = [_("same %(things)s") % {"things": ", ".join(same)} if same else "", *near, _("other %(things)s") % {"things": ", ".join(other)} if other else ""]
    return "; ".join(part for part in parts if part)


def _near(name, step):
    return f"{NAMES[name]}: {STEPS.get(name, {}).get(step) or _('nearly the same')}"
