"""What is cleaned on this floor: companies and people."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.companies import correcting as companies
from customers.companies.models import Company
from customers.contacts import correcting as contacts
from customers.contacts.models import Contact
from customers.quality import companyrules, contactrules
from customers.quality.rules import Subject, subjects

subjects.add(
    "companies",
    Subject(
        Company,
        _("Companies"),
        rows=Company.objects.live,
        correct=companies.correct_many,
        text_of=companies.text_of,
        url=lambda pk: reverse("customers:companies:detail", args=[pk]),
        field_words=companyrules.field_words,
        value_words=companyrules.value_words,
        guard=companyrules.cover,
    ),
)
subjects.add(
    "contacts",
    Subject(
        Contact,
        _("Contacts"),
        rows=lambda: Contact.objects.live().select_related("company").prefetch_related("points"),
        correct=contacts.correct_many,
        text_of=contacts.text_of,
        url=lambda pk: reverse("customers:contacts:detail", args=[pk]),
        field_words=contactrules.field_words,
        value_words=contactrules.value_words,
        guard=contactrules.cover,
    ),
)
