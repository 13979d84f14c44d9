"""The drawings an interface text may be preceded by: Tabler's outline icons, gathered in one sprite."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

USUAL = 16
SPRITE = "vendor/tabler-icons.svg"

#: Every name the sprite holds. A new one is added here and in the sprite (static/vendor/README.md says how).
NAMES = frozenset(
    """
    activity-heartbeat address-book adjustments alarm alert-circle alert-triangle api archive arrow-back-up
    arrow-down arrow-left arrow-right arrow-up arrow-up-right arrows-exchange arrows-shuffle arrows-sort at award
    ban bell bolt bookmark brand-wechat briefcase building building-store cake calendar calendar-event calendar-plus
    calendar-repeat calendar-time car cash category chart-bar chart-funnel chart-line chart-pie check chevron-down
    chevron-left chevron-right chevron-up circle-check circle-dashed circle-dot circle-x clipboard-list clock
    clock-exclamation clock-stop coins columns-3 copy copy-check corner-down-left credit-card database
    device-desktop device-floppy discount dots download edit equal equal-not external-link eye eye-off file
    file-check file-dollar file-import file-spreadsheet file-text filter filter-off flag folder forms gift
    git-branch git-merge grip-vertical hand-stop headset heart-handshake help-circle hierarchy history home
    hourglass id-badge-2 inbox info-circle key keyboard language layout-kanban lifebuoy link list list-check
    list-details loader-2 lock lock-open logout mail mailbox map-2 map-pin menu-2 message message-2 message-report
    microphone minus mood-sad mood-smile moon package paperclip pencil pencil-plus percentage phone phone-x pin
    player-pause player-play player-stop plug plug-connected-x plus presentation printer receipt refresh refresh-dot
    restore robot rotate-clockwise-2 route scale search send settings share shield-lock shopping-cart signature
    sitemap sort-ascending sort-descending stack-2 star steering-wheel sun table table-export table-import tag tags
    target thumb-down thumb-up tool trash trending-down trending-up trophy truck-delivery upload user user-check
    user-circle user-cog user-plus user-search user-share user-x users users-group video wallet waves-electricity
    webhook wifi-off world x zoom-question
    """.split()
)


SILENT = SafeString('aria-hidden="true"')


def icon(name, label="", size=16):
    """The icon of that name, silent beside its words or read as `label` when it stands alone; size in px."""
    if name not in NAMES:
        raise ValueError(f"“{name}” is not in the icon sprite; add it to crm/web/icons.py")
    if not label:
        return _drawn(name, size, SILENT)
    return _drawn.__wrapped__(name, size, format_html('role="img" aria-label="{}"', label))


@cache  # a page draws dozens of the same few
def _drawn(name, size, speech):
    measure = "" if size == USUAL else format_html('width="{0}" height="{0}" ', size)  # the usual size is in base.css
    return format_html('<svg class="km-icon" {}{}><use href="{}#{}"/></svg>', measure, speech, static(SPRITE), name)
