"""Tests of the whole house, generated from its registries: a new room is covered by being registered."""
