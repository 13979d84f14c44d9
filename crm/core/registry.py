"""A list that rooms add themselves to, read at the first request and never before."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Registry(Generic[Thing]):
    """Things by name, in the order in which they were registered; a name is taken once."""

    def __init__(self, what: str):
        self.what = what
        self._things: dict[str, Thing] = {}

    def add(self, name: str, thing: Thing) -> Thing:
        """Register a thing; a second one under the same name is a mistake in the code."""
        if name in self._things and self._things[name] is not thing:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._things[name] = thing
        return thing

    def named(self, name: str) -> Callable[[Thing], Thing]:
        """The same as a decorator."""
        return lambda thing: self.add(name, thing)

    def get(self, name: str) -> Thing | None:
        """The thing of that name, or None."""
        return self._things.get(name)

    def __getitem__(self, name: str) -> Thing:
        return self._things[name]

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things.values())

    def items(self):
        """Pairs of name and thing."""
        return self._things.items()
