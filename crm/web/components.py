"""The small parts of a page as functions, so that template tags and list cells draw them alike."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.web.icons import icon

STATUS_ICONS = {
    "ok": "circle-check",
    "info": "player-play",
    "warn": "clock-exclamation",
    "bad": "alert-triangle",
    "mute": "circle-x",
    "primary": "hourglass",
}
BANNER_ICONS = {"info": "info-circle", "ok": "circle-check", "warn": "alert-triangle", "bad": "alert-triangle"}
LOW = 60


def none():
    """What stands for an absent value: a dash that is read aloud as “none”."""
    return SafeString('<span class="km-none">—</span>')


def status(tone, text, icon_name=None):
    """A state in words on its tint, with the icon of its tone: ok, info, warn, bad, mute or primary."""
    drawing = icon(icon_name or STATUS_ICONS[tone])
    return format_html('<span class="km-status km-{}">{}{}</span>', tone, drawing, text)


def alarm(tone, text, icon_name=None):
    """The same without a tint, for a number in a table: icon, colour and text."""
    drawing = icon(icon_name or STATUS_ICONS[tone])
    return format_html('<span class="km-status km-bare km-{}">{}{}</span>', tone, drawing, text)


def label(text, icon_name=""):
    """A tag that somebody put on a record."""
    return format_html('<span class="km-tag">{}{}</span>', icon(icon_name, size=14) if icon_name else "", text)


def grade(letter, large=False):
    """A lead's grade A–D as a lettered square."""
    size = " km-lg" if large else ""
    said = _("Grade %(letter)s") % {"letter": letter}
    return format_html('<span class="km-grade{0}" data-grade="{1}" role="img" aria-label="{2}">{1}</span>', size, letter, said)


def avatar(who, size=""):
    """The first character of a person's name in a circle; size "", "xs" or "me"."""
    name = str(who or "").strip()
    extra = f" km-{size}" if size else ""
    return format_html('<span class="km-avatar{}" aria-hidden="true">{}</span>', extra, name[:1].upper() or "·")


def person(who):
    """Avatar and name, or a dash for nobody; the initial is drawn by the style sheet, as it stands in every row."""
    if not who:
        return none()
    return format_html('<span class="km-person" data-initial="{}">{}</span>', str(who).strip()[:1].upper(), who)


def chain(step, text=""):
    """How far a customer has come, as 0–4 filled squares with the name of the step beside them."""
    if text:
        return format_html('<span class="km-chain">{}<span>{}</span></span>', _SQUARES[step], text)
    said = _("Step %(step)s of 4") % {"step": step}
    return format_html('<span class="km-chain" role="img" aria-label="{}">{}</span>', said, _SQUARES[step])


# Drawn once a page in components/drawings.html, so that a row of a list carries only the reference.
# A drawing without a name, a title or text is no part of what is read aloud (SVG-AAM 1.0, 5.1.1), so fifty rows need not say so.
_SQUARES = [format_html('<svg class="km-squares"><use href="#km-chain-{}"/></svg>', step) for step in range(5)]


def clamp(value):
    """A share as a whole number from 0 to 100."""
    return max(0, min(100, round(float(value or 0))))


def bar(value, wide=False, low=LOW):
    """A thin bar filled to `value` percent; amber under `low`. The number stands beside it in words."""
    value = clamp(value)
    classes = ("" if value >= low else " km-low") + (" km-wide" if wide else "")
    return format_html('<svg class="km-bar{}"><rect width="{}%"/></svg>', classes, value)


def bar_cell(value, low=LOW):
    """A bar with its percentage, for a table cell; amber under `low`."""
    if value is None:
        return none()
    return format_html('<span class="km-barcell">{}<span>{}%</span></span>', bar(value, low=low), clamp(value))


def ring(value, size=18, low=LOW):
    """A ring filled to `value` percent; from 30 px on the number stands inside it."""
    value = clamp(value)
    stroke = 4 if size < 30 else 3
    radius = (size - stroke) / 2
    middle = size / 2
    number = format_html('<text x="{}" y="{}">{}</text>', middle, middle + 4, value) if size >= 30 else ""
    said = _("%(value)s%% complete") % {"value": value}
    return format_html(
        '<svg class="km-ring{low}" width="{size}" height="{size}" viewBox="0 0 {size} {size}" role="img" aria-label="{said}">'
        '<circle class="km-track" cx="{middle}" cy="{middle}" r="{radius}" stroke-width="{stroke}"/>'
        '<circle cx="{middle}" cy="{middle}" r="{radius}" stroke-width="{stroke}" pathLength="100" '
        'stroke-dasharray="{value} 100" transform="rotate(-90 {middle} {middle})"/>{number}</svg>',
        low="" if value >= low else " km-low",
        size=size,
        middle=middle,
        radius=radius,
        stroke=stroke,
        value=value,
        said=said,
        number=number,
    )


def steps(items):
    """The four-step chain of a record.

    Each item: label, note (time taken or date), part (percent of this step done) and state: done, now or todo.
    """
    icons = {"done": "check", "now": "circle-dot", "todo": "circle-dashed"}
    parts = (
        format_html(
            '<li>{}<span class="km-step km-{}">{}<b>{}</b><span class="km-meta">{}</span></span></li>',
            bar(item.get("part", 100 if item["state"] == "done" else 0), low=0),
            item["state"],
            icon(icons[item["state"]], size=14),
            item["label"],
            item.get("note", ""),
        )
        for item in items
    )
    return format_html('<ol class="km-steps">{}</ol>', format_html_join("", "{}", ((part,) for part in parts)))


def instalments(items):
    """A contract's instalments in one line: each item has share (percent) and state: got, late or open."""
    x, drawn = 0.0, []
    for item in items:
        share = float(item["share"])
        drawn.append(_instalment(x, max(share - 1, 0), item["state"]))
        x += share
    return format_html('<svg class="km-parts" aria-hidden="true">{}</svg>', format_html_join("", "{}", ((part,) for part in drawn)))


def _instalment(x, width, state):
    return format_html('<rect x="{}%" width="{}%" height="100%" rx="1" class="km-{}"/>', x, width, state)


def banner(tone, title, text="", icon_name=None, actions=""):
    """One thing to know above the content; refusals are read out at once, the rest politely."""
    role = "alert" if tone == "bad" else "status"
    return format_html(
        '<div class="km-banner km-{}" role="{}">{}<div><b>{}</b>{}</div>{}</div>',
        tone,
        role,
        icon(icon_name or BANNER_ICONS.get(tone, "info-circle")),
        title,
        text,
        format_html('<div class="km-actions">{}</div>', actions) if actions else "",
    )


def refusal(title, text="", way_out=""):
    """Why something was refused: who blocks, with which numbers, and the way out."""
    body = format_html('<div class="km-banner km-warn" role="alert">{}', icon("hand-stop"))
    return format_html("{}<div><b>{}</b>{} {}</div></div>", body, title, text, way_out)


def empty(icon_name, title, text="", actions="", tone=""):
    """Why there is nothing here, and what to do next."""
    return format_html(
        '<div class="km-empty{}">{}<h2>{}</h2>{}{}</div>',
        f" km-{tone}" if tone else "",
        icon(icon_name, size=24),
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<div class="km-actions">{}</div>', actions) if str(actions).strip() else "",
    )


def attributes(values):
    """Keyword arguments as HTML attributes: hx_post="/x/" becomes hx-post="/x/"; None and False are left out."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in values.items() if value not in (None, False))
    return format_html_join("", ' {}="{}"', ((key, "" if value is True else value) for key, value in pairs))


def button(text, url="", kind="plain", icon_name="", icon_end="", key="", size="", busy=False, disabled="", extra="", **attrs):
    """A button, or with `url` a link that looks like one.

    kind: primary, plain, quiet, danger or dashed; size: "", "sm" or "lg"; key: the keyboard shortcut shown in it;
    disabled: the reason in words, which is shown on hover and read out; extra: further classes.
    """
    classes = "km-button" + (f" km-{kind}" if kind != "plain" else "") + (f" km-{size}" if size else "") + (f" {extra}" if extra else "")
    inside = format_html(
        "{}<span>{}</span>{}{}{}",
        icon(icon_name) if icon_name else "",
        text,
        icon(icon_end) if icon_end else "",
        format_html('<kbd class="km-kbd" aria-hidden="true">{}</kbd>', key) if key else "",
        format_html('<span class="km-hide">{}</span>', disabled) if disabled else "",
    )
    if disabled:
        attrs.update(aria_disabled="true", title=disabled)
    if busy:
        attrs.update(aria_busy="true")
    if url and not disabled:
        return format_html('<a class="{}" href="{}"{}>{}</a>', classes, url, attributes(attrs), inside)
    attrs.setdefault("type", "button" if disabled else "submit")
    return format_html('<button class="{}"{}>{}</button>', classes, attributes(attrs), inside)


def icon_button(icon_name, text, url="", **attrs):
    """A button that is only an icon; its words are read out and shown on hover."""
    drawing = icon(icon_name, size=18)
    if url:
        return format_html('<a class="km-iconbutton" href="{0}" aria-label="{1}" title="{1}"{2}>{3}</a>', url, text, attributes(attrs), drawing)
    attrs.setdefault("type", "button")
    return format_html('<button class="km-iconbutton" aria-label="{0}" title="{0}"{1}>{2}</button>', text, attributes(attrs), drawing)


def required_word():
    """“Required”, in words rather than as a star."""
    return pgettext("form field", "required")
