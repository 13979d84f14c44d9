"""What matching adds to the house."""

from customers.matching import wording  # noqa: F401 - registers the words of its events
