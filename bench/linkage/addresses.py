"""Where a firm sits, part by part, and the plain way of writing it."""

from dataclasses import dataclass, replace

from bench.linkage.lists.places import VILLAGES
from bench.linkage.places import City, District


@dataclass(frozen=True)
class Address:
    """Parts of an address; the house may be a building, a park, both or neither."""

    city: City
    district: District
    town: str
    road: str
    number: str
    house: str
    room: str

    def written(self, with_place: bool = True) -> str:
        """浙江省宁波市鄞州区南商路12号国际大厦3层305室; municipalities are named once."""
        place = "".join(dict.fromkeys([self.city.province, self.city.name, self.district.name])) if with_place else ""
        return place + self.town + self.road + self.number + self.house + self.room

    def elsewhere(self, words, draw) -> "Address":
        """Another address in the same city."""
        return new_address(words, draw, self.city)

    def next_door(self, draw) -> "Address":
        """Another room of the same house."""
        return replace(self, room=_room(draw))


def new_address(words, draw, city=None) -> Address:
    """A made-up address, in a city of some size more often than not."""
    city = city or draw.weighted(words.city_weights)
    district = draw.pick(city.districts)
    town = _town(district, draw)
    house = ""
    if draw.chance(0.35):
        house = draw.pick(words.buildings)
    elif draw.chance(0.4):
        house = draw.pick(words.parks) + draw.pick(["", f"{draw.number(1, 30)}栋", f"{draw.pick('ABCDE')}座", f"{draw.number(1, 12)}号厂房"])
    room = _room(draw) if house and draw.chance(0.8) else ""
    return Address(city, district, town, draw.pick(words.roads), f"{draw.number(1, 999)}号", house, room)


def _town(district, draw):
    if district.towns and draw.chance(0.4):
        return draw.pick(district.towns)
    return draw.pick(VILLAGES) + draw.pick(["镇", "街道", "社区"]) if draw.chance(0.12) else ""


def _room(draw):
    floor = draw.number(1, 33)
    return draw.pick(
        [f"{floor}层{floor}{draw.number(1, 30):02d}室", f"{floor}{draw.number(1, 20):02d}室", f"{floor}楼", f"{draw.number(1, 20)}幢{draw.number(1, 30)}室"]
    )
