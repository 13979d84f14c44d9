"""What asking for access leaves behind."""

ASKED = "matching.access_asked"
GRANTED = "matching.access_granted"
