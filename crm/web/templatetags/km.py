"""Components as template tags. Each only names a function, so that list cells can call the same one."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.core import clock
from crm.web import components, fields, formats, icons, words

register = template.Library()

for name, function in {
    "icon": icons.icon,
    "status": components.status,
    "alarm": components.alarm,
    "label": components.label,
    "grade": components.grade,
    "avatar": components.avatar,
    "person": components.person,
    "chain": components.chain,
    "bar": components.bar,
    "bar_cell": components.bar_cell,
    "ring": components.ring,
    "steps": components.steps,
    "instalments": components.instalments,
    "banner": components.banner,
    "refusal": components.refusal,
    "button": components.button,
    "icon_button": components.icon_button,
    "field": fields.field,
    "fields": fields.fields,
    "form_errors": fields.form_errors,
    "money": formats.money,
    "money_plain": formats.money_plain,
    "money_short": formats.money_short,
    "number": formats.number,
    "percent": formats.percent,
    "points": formats.points,
    "span": formats.span,
    "duration": formats.duration,
    "phone": formats.phone,
    "masked_phone": formats.masked_phone,
    "long_day": formats.long_day,
    "script_words": words.script_words,
}.items():
    register.simple_tag(function, name=name)


@register.simple_tag
def date(when):
    """A day (or, of a moment, its day and time) in a time element."""
    return _time(when, formats.moment(when) if isinstance(when, datetime) else formats.day(when))


@register.simple_tag
def ago(when):
    """How far away it is, the exact moment in the title."""
    return _time(when, formats.ago(when))


@register.simple_tag
def printed_by(who):
    """The line above a printed page: who printed it and when."""
    return _("Printed %(when)s by %(who)s") % {"when": formats.moment(clock.now()), "who": who}


@register.simple_tag
def tel(e164, text=""):
    """A number that dials when touched."""
    if not e164:
        return components.none()
    return format_html('<a class="km-nowrap" href="tel:{}">{}</a>', e164, text or formats.phone(e164))


@register.simple_block_tag
def empty(content, icon_name, title, text="", tone=""):
    """Why there is nothing here; between the tags stand the ways out."""
    return components.empty(icon_name, title, text, content, tone)


@register.simple_block_tag
def card(content, title, note="", link="", link_text="", **attrs):
    """A panel: heading with its count or note, at most one link, then the content."""
    more = format_html('<a href="{}">{}</a>', link, link_text) if link else ""
    note = format_html('<span class="km-meta">{}</span>', note) if note != "" else ""
    head = format_html('<div class="km-card-head"><h2>{}</h2>{}{}</div>', title, note, more)
    return format_html('<section class="km-card"{}>{}{}</section>', components.attributes(attrs), head, content)


@register.filter
def undo_of(message):
    """The address that takes a message's deed back, when the view gave one: extra_tags="undo:/…/"."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:/")), "")


@register.inclusion_tag("components/chart.html")
def chart(figure, name, caption, table=None, tall=False):
    """A Plotly figure with its one sentence and the same figures as a table (head and rows).

    `figure` is a mapping with `data` and `layout`; `name` is unique on the page.
    """
    return {"figure": figure, "data_id": f"km-chart-{name}", "caption": caption, "table": table, "tall": tall}


@register.inclusion_tag("components/chain4.html")
def chain4(steps, before_label=""):
    """The four steps of the funnel with what passes between them (see the template for the keys)."""
    return {"steps": steps, "before_label": before_label}


@register.inclusion_tag("components/heat.html")
def heat(heads, rows, caption=""):
    """A cohort table: each row has cells, and each cell text, level 0–5 and, if it opens a list, url."""
    return {"heads": heads, "rows": rows, "caption": caption}


def _time(when, text):
    if when is None:
        return components.none()
    exact = formats.moment(when) if isinstance(when, datetime) else formats.long_day(when)
    return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), exact, text)
