"""What bringing a customer back leaves behind."""

RESTORED = "companies.restored_as_of"
