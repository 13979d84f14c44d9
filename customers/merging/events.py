"""What merging leaves behind: `companies.merged`, `companies.unmerged` and the like."""

MERGED, UNMERGED = "merged", "unmerged"


def merged(noun):
    """The name of the event of a merge."""
    return f"{noun}.{MERGED}"


def unmerged(noun):
    """The name of the event of taking one back."""
    return f"{noun}.{UNMERGED}"
