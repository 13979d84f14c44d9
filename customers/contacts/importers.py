"""What contacts bring in from spreadsheets: people, and companies with a person in one sheet."""

from django.utils.translation import gettext_lazy as _

from crm.importexport.importers import Importer, importers
from crm.importexport.vcardout import card_makers
from customers.contacts import cards, importing, services, sheets
from customers.contacts.models import Contact

importers.add(
    "contacts",
    Importer(
        "contacts", _("Contacts"), Contact, importing.FIELDS, clean=importing.check, create_many=importing.create_many,
        update=importing.update, delete=services.delete, identities=importing.identities, twins=importing.twins_of,
        find=importing.find, same=importing.same, related=("owner", "company"), prefetch=("points",), ahead=True, url_name="customers:contacts:list",
    ),
)  # fmt: skip
importers.add(
    "customers",
    Importer(
        "customers", _("Companies with contacts"), Contact, sheets.FIELDS, clean=sheets.check, create_many=sheets.create_many,
        delete=services.delete, identities=sheets.identities, twins=sheets.twins_of, beside=sheets.beside, needs="contacts.import", exports=False,
        url_name="customers:companies:list",
    ),
)  # fmt: skip
card_makers.add("contacts", cards.MAKER)
