"""Floors are Django apps, rooms are packages inside them; this is how a floor finds the files of its rooms."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


def load_rooms(file: str, floors) -> None:
    """Import `<floor>.<room>.<file>` for every room that has such a file."""
    for floor in floors:
        for room in floor.rooms:
            name = f"{floor.name}.{room}.{file}"
            if find_spec(name):
                import_module(name)


class PartConfig(AppConfig):
    """A part of the platform: an app without rooms, whose own `plugs.py` says what it adds to the house."""

    def ready(self):
        if find_spec(f"{self.name}.plugs"):
            import_module(f"{self.name}.plugs")


class FloorConfig(AppConfig):
    """A floor of the house; `rooms` lists its packages from the lowest to the highest."""

    rooms: tuple[str, ...] = ()

    def ready(self):
        load_rooms("plugs", [self])
        load_rooms("importers", [self])
