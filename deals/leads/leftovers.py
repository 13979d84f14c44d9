"""Whether anything lives under a company or a person, whichever floor it is on."""

from crm.activity.ownership import child_models
from deals.leads.models import Lead


def of_company(company) -> bool:
    """Whether a live record of any kind lies under the company, or another lead became it."""
    return Lead.objects.live().filter(company=company).exists() or any(
        model._base_manager.filter(company=company, deleted_at=None).exists() for model in child_models()
    )


def of_contact(contact) -> bool:
    """Whether a live record of any kind names the person."""
    return any(
        model._base_manager.filter(contact=contact, deleted_at=None).exists()
        for model in (Lead, *child_models())
        if any(field.name == "contact" for field in model._meta.concrete_fields)
    )
