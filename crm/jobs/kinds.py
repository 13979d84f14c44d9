"""What can be done in the background: rooms register a handler for each kind of job.

    @handler("companies.import", title=_("Import of companies"))
    def take_in(run):
        for rows in chunks(run.args["file"], after=run.cursor.get("row", 0)):
            with run.step(done=…, total=…):           # one transaction: the work, the cursor and the count
                services.create_many(rows, by=run.by)
                run.cursor["row"] = rows[-1].number
        return {"created": …}                          # becomes job.result

A handler may be killed at any moment and is then called again with the cursor of its last finished step.
"""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.registry import Registry


@dataclass(frozen=True)
class Kind:
    """One kind of job: its words, how long a step may take without a sign of life, and how long one try may take.

    `lease` and `limit` are seconds; `url` is a function of the finished job that says where its result is shown.
    """

    name: str
    run: Callable
    title: object
    lease: int = 60
    limit: int = 1800
    url: Callable | None = None


kinds: Registry[Kind] = Registry("kind of job")


def handler(name: str, *, title="", lease: int = 60, limit: int = 1800, url: Callable | None = None):
    """Register the function that does jobs of this kind."""

    def register(function):
        kinds.add(name, Kind(name, function, title or name, lease, limit, url))
        return function

    return register
