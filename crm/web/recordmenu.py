"""What other rooms add to the menu of a record: a link with words, for those who may."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.policy import allows
from crm.core.registry import Registry


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu of a noun's records: `right` is asked of the record, `url` (record) is where it leads."""

    noun: str
    label: object
    icon: str
    right: str
    url: Callable
    position: int = 50


menu_items: Registry[MenuItem] = Registry("entry of a record's menu")


def menu_of(record, actor):
    """The entries this person may use, in order."""
    found = sorted((item for item in menu_items if item.noun == record.noun), key=lambda item: item.position)
    return [{"label": item.label, "icon": item.icon, "url": item.url(record)} for item in found if allows(actor, item.right, record)]
