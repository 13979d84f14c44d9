"""What the verbs of products leave behind."""

CREATED = "products.created"
UPDATED = "products.updated"
RETIRED = "products.retired"
OFFERED = "products.offered"
WITHDRAWN = "products.withdrawn"
