"""How a room lets its records keep files: one line in its plugs."""

from crm.files import page
from crm.files.holders import Holder, holders
from crm.web.panels import Panel, panels


def keep_files_of(model, url_name, position=60):
    """Records of this kind keep files, which their page `url_name` shows in a panel."""
    holders.add(model.noun, Holder(model, url_name))
    panels.add(f"{model.noun}-files", Panel(model.noun, "files/panel.html", page.panel, f"{model.noun}.view", position))
