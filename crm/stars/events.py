"""What the verbs of stars leave behind; the subject is the person, for a star is nobody else's business."""

STARRED = "people.starred"
UNSTARRED = "people.unstarred"
