"""What belongs to one person, so that a sheet or a conversion finds him by it."""

from customers.contacts.models import ContactPoint

# A switchboard or a fixed line is shared by many.
CERTAIN = (ContactPoint.Kind.MOBILE, ContactPoint.Kind.EMAIL)
