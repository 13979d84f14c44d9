"""The drill: bring a backup back to life beside the house, and ask it what a house must know."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime

from crm.backups import checking, proving
from crm.backups.entries import Entry, chain_of
from crm.backups.places import Local
from crm.backups.proving import Proof
from crm.backups.restoring import pick, revived
from crm.backups.scratch import scratch
from crm.backups.wording import failing, finding
from crm.core import clock

FOLDER = "drills"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What came of a drill."""

    code: str
    place: str
    started: datetime
    ended: datetime
    proof: Proof

    @property
    def ok(self) -> bool:
        """Whether the backup brought everything back."""
        return self.proof.holds

    def told(self) -> dict:
        """The result as it is kept and printed."""
        times = {"started_at": self.started.isoformat(), "ended_at": self.ended.isoformat(), "seconds": round((self.ended - self.started).total_seconds(), 1)}
        return {"backup": self.code, "place": self.place, "ok": self.ok, **times, "steps": self.proof.steps}


def drill(place, found: list[Entry], code: str = "") -> Result:
    """Prove that this backup, or the newest one, can be used; the result is kept beside the backups."""
    entry, began, proof = pick(found, code=code), clock.now(), Proof()
    with proof.step("chain") as step:
        chain = chain_of(found, entry)
        for one in chain:
            for problem in checking.check_one(place, one):
                raise problem
        proving.note(step, [], "chained", number=len(chain))
    if proof.holds:
        _live(place, found, entry, proof)
    result = Result(entry.code, place.name, began, clock.now(), proof)
    _keep(place, result)
    return result


def _live(place, found, entry, proof):
    began = clock.monotonic()
    try:
        with revived(place, found, entry) as alive:
            _began(proof, began, finding("started", number=len(chain_of(found, entry))))
            proving.uploaded(proof, alive, entry)
            proving.rows(proof, alive, entry)
            proving.samples(proof, alive, entry)
            proving.foreign_keys(proof, alive)
            proving.structures(proof, alive)
            # Last, because it brings the tables up to date and adds a person.
            proving.sign_in(proof, alive, alive.files.parent / "house")
    except Exception as failure:
        # A drill that cannot go on has failed, whatever the reason: a full disk, a server that does not start.
        log.exception("drill: %s did not come to life", entry.code)
        _began(proof, began, failing(failure), ok=False)


def _began(proof, began, found, *, ok=True):
    proof.steps.append({"name": "start", "ok": ok, "seconds": round(clock.monotonic() - began, 1)} | found)


def _keep(place, result):
    with scratch("result") as folder:
        path = folder / "result.json"
        path.write_text(json.dumps(result.told(), ensure_ascii=False, indent=1), encoding="utf-8")
        place.put(path, f"{FOLDER}/{result.started:%Y%m%d-%H%M%S}.json")
    if isinstance(place, Local):
        for name in place.names(FOLDER)[:-60]:
            place.remove(name)
