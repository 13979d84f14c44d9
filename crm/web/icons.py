"""The drawings an interface text may be preceded by: Tabler's outline icons, gathered in one sprite."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "vendor/tabler-icons.svg"

#: Every name the sprite holds. A new one is added here and in the sprite (static/vendor/README.md says how).
NAMES = frozenset(
    """
    activity-heartbeat address-book alert-circle alert-triangle arrow-back-up arrow-down arrow-left arrow-right
    arrow-up arrow-up-right arrows-exchange arrows-shuffle arrows-sort ban bell bolt brand-wechat building cake
    calendar calendar-event calendar-plus calendar-repeat chart-bar chart-funnel chart-line check
    chevron-down chevron-left chevron-right chevron-up circle-check circle-dashed circle-dot circle-x
    clipboard-list clock clock-exclamation clock-stop coins columns-3 copy copy-check corner-down-left database
    device-desktop device-floppy dots download edit equal equal-not external-link eye eye-off file-check
    file-dollar file-import filter filter-off forms gift git-merge grip-vertical hand-stop help-circle history
    home hourglass info-circle key keyboard language layout-kanban lifebuoy link list list-check lock logout mail map-pin
    menu-2 message message-report microphone minus moon package paperclip pencil pencil-plus phone phone-x
    pin player-play plug-connected-x plus printer receipt refresh-dot robot rotate-clockwise-2 route
    search send settings share shield-lock sitemap sort-ascending sort-descending star sun table tag thumb-down
    thumb-up tool trash trending-down trending-up trophy upload user user-circle user-plus user-search user-share
    users users-group wallet waves-electricity wifi-off world x
    """.split()
)


SILENT = SafeString('aria-hidden="true"')


def icon(name, label="", size=16):
    """The icon of that name, silent beside its words or read as `label` when it stands alone; size in px."""
    if name not in NAMES:
        raise ValueError(f"“{name}” is not in the icon sprite; add it to crm/web/icons.py")
    speech = format_html('role="img" aria-label="{}"', label) if label else SILENT
    return format_html(
        '<svg class="km-icon" width="{0}" height="{0}" {1}><use href="{2}#{3}"></use></svg>',
        size,
        speech,
        static(SPRITE),
        name,
    )
