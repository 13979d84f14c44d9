"""The floor: what Django itself takes for a list, a record and a creation, with session and user and nothing of ours."""
