"""The forms of a lead: what we know of it, why it is invalid, where it goes, what it becomes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Pool
from crm.core.masking import may_write
from crm.web.asking import AskForm, DayInput
from crm.web.forms import RecordForm, TagsField
from customers.companies import options
from customers.companies.forms import RegionField
from customers.matching.forms import watch
from deals.leads import policies

# While the code of a customer is typed, the server says which company has it.
HINT = {"hx-get": "/deals/leads/hint/", "hx-trigger": "input changed delay:400ms", "hx-target": "next .km-hint", "hx-sync": "this:replace"}


def _options(name):
    return lambda: [("", "—"), *options.choices(name)]


class LeadForm(RecordForm):
    """Everything a person may write about a lead; what it must look like is in cleaning."""

    name = forms.CharField(
        label=_("Company"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": True}),
        help_text=_("Empty: the lead goes by the name of the person."),
    )
    person = forms.CharField(label=_("Person"), required=False, max_length=200)
    position = forms.CharField(label=_("Position"), required=False, max_length=80)
    mobile = forms.CharField(label=_("Phone"), required=False, max_length=60, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    email = forms.CharField(label=_("E-mail"), required=False, max_length=200, widget=forms.TextInput(attrs={"inputmode": "email"}))
    wechat = forms.CharField(label=_("WeChat"), required=False, max_length=80)
    need = forms.CharField(label=_("Need"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.ChoiceField(label=_("Source"), required=False, choices=_options("source"))
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_options("industry"))
    size = forms.ChoiceField(label=_("Size"), required=False, choices=_options("size"))
    region = RegionField(label=_("Region"))
    tags = TagsField(label=_("Tags"))

    sections = (
        (_("Who it is"), ("name", ("person", "position"))),
        (_("How to reach"), ("mobile", ("email", "wechat"))),
        (_("What they want"), ("need", "source")),
        (_("More fields"), (("industry", "size"), "region", "tags")),
    )

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if record is None:
            watch(self, "/deals/leads/hint/", ("name", "person", "mobile", "email", "wechat"))

    def drop_hidden(self):
        for field in policies.WAYS:
            readable = self.record is None or policies.reads(self.record, self.actor, field)
            if not readable or not may_write(self.actor, f"leads.{field}", is_new=self.record is None):
                del self.fields[field]


class InvalidForm(AskForm):
    """Why the lead can never become a customer."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReasonForm(AskForm):
    """Why; it may be left out."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)


def _pools():
    return [(pool.pk, pool.name) for pool in Pool.objects.filter(noun="leads")]


class ReturnForm(AskForm):
    """Into which pool, and why."""

    pool = forms.TypedChoiceField(label=_("Pool"), choices=_pools, coerce=int)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args, actor=None, **kwargs):
        kwargs["initial"] = {"pool": next(iter(actor.pool_ids()), None)} | (kwargs.get("initial") or {})
        super().__init__(*args, actor=actor, **kwargs)

    def clean_pool(self):
        """The chosen pool as a record."""
        return Pool.objects.get(pk=self.cleaned_data["pool"])


class ConvertForm(AskForm):
    """What the customer is registered as, who the person is, and the opportunity, if there is one."""

    company_name = forms.CharField(label=_("Registered name of the company"), required=False, max_length=200)
    credit_code = forms.CharField(label=_("Unified social credit code"), required=False, max_length=40, help_text=_("18 characters, on the business licence."))
    code_reason = forms.CharField(label=_("Reason, where there is no code or it does not check"), required=False, max_length=300)
    person = forms.CharField(label=_("Contact"), required=False, max_length=200)
    position = forms.CharField(label=_("Position"), required=False, max_length=80)
    mobile = forms.CharField(label=_("Phone"), required=False, max_length=60, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    with_opportunity = forms.BooleanField(label=_("Open an opportunity as well"), required=False)
    opportunity_name = forms.CharField(label=_("Name of the opportunity"), required=False, max_length=200)
    amount = forms.DecimalField(label=_("Expected amount"), required=False, max_digits=18, decimal_places=2)
    expected_close = forms.DateField(label=_("Expected close"), required=False, widget=DayInput)

    sections = (
        (_("Company"), ("company_name", "credit_code", "code_reason")),
        (_("Contact"), (("person", "position"), "mobile")),
        (_("Opportunity"), ("with_opportunity", "opportunity_name", ("amount", "expected_close"))),
    )
    # The input of the verb, and the fields that stand for it.
    NAMES = {
        "company.name": "company_name",
        "company.credit_code": "credit_code",
        "contact.name": "person",
        "contact.position": "position",
        "contact.mobile": "mobile",
        "contact.phone": "mobile",
        "opportunity.name": "opportunity_name",
        "opportunity.amount": "amount",
        "opportunity.expected_close": "expected_close",
    }

    def __init__(self, *args, record=None, **kwargs):
        known = {"company_name": record.name if record.name != record.person else "", "person": record.person, "position": record.position}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, record=record, **kwargs)
        if record.mobile:  # it goes along as it is
            del self.fields["mobile"]
        self.fields["credit_code"].widget.attrs |= HINT | {"hx-get": f"/deals/leads/{record.pk}/conversion/company/"}
        if not self.actor.may("opportunities.create"):
            for name in ("with_opportunity", "opportunity_name", "amount", "expected_close"):
                del self.fields[name]
        elif not may_write(self.actor, "opportunities.amount", is_new=True):
            del self.fields["amount"]

    def field_of(self, name):
        return self.NAMES.get(name, name)

    def given(self):
        """The input of the verb."""
        typed = self.cleaned_data
        opportunity = {"name": typed.get("opportunity_name"), "amount": typed.get("amount"), "expected_close": typed.get("expected_close")}
        return {
            "company": {"name": typed["company_name"], "credit_code": typed["credit_code"]},
            "contact": {"name": typed["person"], "position": typed["position"], "mobile": typed.get("mobile")},
            "opportunity": opportunity if typed.get("with_opportunity") else None,
            "code_reason": typed["code_reason"],
        }
