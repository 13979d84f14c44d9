"""A sheet of contacts: the same person from cards, old systems and telephones, among colleagues and namesakes."""

from bench.linkage.draw import Draw
from bench.linkage.firm import new_firm
from bench.linkage.hard_people import SCENES
from bench.linkage.person import new_person
from bench.linkage.person_row import COLUMNS, ENGLISH_COLUMNS
from bench.linkage.person_rows import rows_of
from bench.linkage.sheet import Sheet
from bench.linkage.trial import SEEN, Trial
from bench.linkage.vocabulary import Vocabulary

IN_SCENES = 0.15  # of the draws bring a scene of several people
CHANGED_JOB = 0.15
ROWS = {1: 60, 2: 24, 3: 10, 4: 4, 5: 2}


def contact_sheet(rows: int, seed: int, trial: Trial = SEEN, *, vocabulary=None, english: bool = False) -> Sheet:
    """A shuffled sheet of that many rows, with its truth."""
    words, draw = Vocabulary(vocabulary, trial.unseen), Draw(f"contacts {seed} {trial}")
    made, entity, scene = [], 0, 0
    while len(made) < rows:
        scene += 1
        for person in _some_people(words, draw):
            entity += 1
            person.entity, person.scene_number = entity, scene
            person.group = scene if person.group else 0
            made += rows_of(person, draw.weighted(ROWS), draw, trial)
    made = made[:rows]
    draw.shuffle(made)
    headers = ENGLISH_COLUMNS if english else COLUMNS
    return Sheet({name: header for name, header in headers.items() if name not in trial.hidden("contacts")}, made)


def _some_people(words, draw):
    if draw.chance(IN_SCENES):
        return draw.weighted(SCENES)(words, draw)
    return [new_person(words, draw, new_firm(words, draw), other_firm=new_firm(words, draw) if draw.chance(CHANGED_JOB) else None)]
