"""The judge of the duplicate search: lists of firms and people as sales offices have them, the truth about them, and the scoring."""
