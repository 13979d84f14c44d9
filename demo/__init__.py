"""The demo company: a firm that sells software for factories, told day by day through the verbs."""
