"""What the tests of every floor share; nothing of the product imports it."""
