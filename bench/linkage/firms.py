"""A sheet of firms: 60 % stand in it once, the others two to five times, and among them all that looks alike and is not."""

from bench.linkage.draw import Draw
from bench.linkage.firm import new_firm
from bench.linkage.firm_row import COLUMNS, ENGLISH_COLUMNS
from bench.linkage.firm_rows import rows_of
from bench.linkage.hard_firms import SCENES
from bench.linkage.sheet import Sheet
from bench.linkage.trial import SEEN, Trial
from bench.linkage.vocabulary import Vocabulary

IN_SCENES = 0.1  # of the draws bring a scene of several firms
ROWS = {1: 60, 2: 22, 3: 10, 4: 5, 5: 3}


def company_sheet(rows: int, seed: int, trial: Trial = SEEN, *, vocabulary=None, english: bool = False) -> Sheet:
    """A shuffled sheet of that many rows, with its truth."""
    words, draw = Vocabulary(vocabulary, trial.unseen), Draw(f"companies {seed} {trial}")
    made, entity, scene = [], 0, 0
    while len(made) < rows:
        scene += 1
        for firm in _some_firms(words, draw):
            entity += 1
            firm.entity, firm.scene_number = entity, scene
            firm.group = scene if firm.group else 0
            made += rows_of(firm, draw.weighted(ROWS), draw, trial)
    made = made[:rows]
    draw.shuffle(made)
    headers = ENGLISH_COLUMNS if english else COLUMNS
    return Sheet({name: header for name, header in headers.items() if name not in trial.hidden("companies")}, made)


def _some_firms(words, draw):
    if draw.chance(IN_SCENES):
        return draw.weighted(SCENES)(words, draw)
    return [new_firm(words, draw)]
