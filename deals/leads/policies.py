"""Who reads how a lead can be reached: by role, and masked for everybody while it waits in a masked pool (A1.7)."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import NotAllowed
from crm.core.masking import HIDDEN, MASKED, Guard, mask_email, mask_text, may_write
from crm.core.phones import mask
from deals.leads.models import Lead

FIELDS = {"leads.mobile": _("phone"), "leads.email": _("e-mail"), "leads.wechat": _("WeChat")}
WAYS = {"mobile": lambda value: mask(value.partition(";")[0]), "email": mask_email, "wechat": mask_text}


def rule_of(lead, actor, field) -> str:
    """How this person reads the field of this lead: edit, read, mask or hide. The house itself reads everything."""
    rule = actor.field_rule(f"leads.{field}")
    return MASKED if rule != HIDDEN and not actor.is_system and is_veiled(lead) else rule


def is_veiled(lead) -> bool:
    """Whether the lead waits in a pool that shows phones and accounts only to whoever claims it."""
    return lead.pool_id is not None and lead.owner_id is None and lead.pool.is_masked


GUARD = Guard(rule_of, WAYS, needs=("pool",))


def shown(lead, actor, field):
    """The value as this person may read it; None when it is hidden or there is none."""
    value, rule = getattr(lead, field), rule_of(lead, actor, field)
    if rule == HIDDEN or not value:
        return None
    return WAYS[field](value) if rule == MASKED else value


def reads(lead, actor, field) -> bool:
    """Whether this person reads the field whole."""
    return rule_of(lead, actor, field) not in (HIDDEN, MASKED)


def require_fields(by, values, lead=None) -> None:
    """Refuse to set a way to reach the lead that this person may not write; what he cannot read he cannot change."""
    for field in WAYS:
        given = values.get(field) if lead is None else field in values
        allowed = may_write(by, f"leads.{field}", is_new=lead is None) and (lead is None or by.is_system or reads(lead, by, field))
        if given and not allowed:
            label = Lead._meta.get_field(field).verbose_name
            raise NotAllowed(_("You do not have the right to change “%(field)s”.") % {"field": label}, field=field)
