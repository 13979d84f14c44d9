"""The list page: saved views, filter chips, columns, order, rows by key, bulk actions and export; declared per noun."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views import View

from crm.core import keyset
from crm.core.policy import require
from crm.core.registry import Registry
from crm.web.querystrings import kept_of, pairs
from crm.web.savedviews import Views
from crm.web.tables import Drawing, draw_rows

PAGE_SIZE = 50
# One row is its own sum.
MIN_SUM = 2
# Whoever keeps more views than these finds the others without a number.
COUNTED_TABS = 12
# Names of the query string that are not filters.
PARTS = ("filters", "columns", "count", "views", "foot")
OWN_NAMES = ("sort", "cursor", "cols", "view", "part")


@dataclass(frozen=True)
class Preset:
    """A view that comes with the product: its words and its query string."""

    name: str
    label: object
    query: str = ""


@dataclass(frozen=True)
class Bulk:
    """Something that can be done with the chosen rows; the URL takes their ids by POST."""

    name: str
    label: object
    icon: str
    url_name: str
    right: str


# What other rooms let people do with the chosen rows of a list, by the name of the thing to do: noun and Bulk.
further_bulks: "Registry[tuple[str, Bulk]]" = Registry("bulk action")
# The list of each noun: what an export or a drill-down from a report shows is what its list shows.
list_pages: "Registry[type[ListPage]]" = Registry("list page")
# Every list by the name under which its views are kept.
viewed_lists: "Registry[type[ListPage]]" = Registry("list with views")


class ListPage(View):
    """Subclass with `model`, `table`, `filters` and words; everything else is here.

    Each subclass is the list of its noun; a further list of the same noun says `is_main = False` and has a `list_name`.
    """

    is_main = True
    list_name = ""

    model = None
    table = None
    filters = None
    presets: tuple[Preset, ...] = ()
    bulk: tuple[Bulk, ...] = ()
    template = "web/list.html"
    title = ""
    empty_icon = "folder"
    empty_title = ""
    empty_text = ""
    create_url = ""
    bin_url = ""
    import_kind = ""
    related = ("owner",)

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.model is None:
            return
        if cls.is_main:
            cls.list_name = cls.model.noun
            list_pages.add(cls.model.noun, cls)
        viewed_lists.add(cls.list_name, cls)

    def get(self, request):
        """The whole page, or with htmx the list alone."""
        require(request.user, f"{self.model.noun}.view")
        listing = self.listing(request)
        if request.GET.get("part") in PARTS:
            return self.part(request, listing)
        context = listing.context()
        views = Views(self, request)
        context |= {"page": self, "view_tabs": views.tabs, **views.deeds(), **self.rights(request.user), **self.more(request)}
        return render(request, self.template, context)

    def part(self, request, listing):
        """The form of filters or of columns: opened in the list by htmx, a page of its own without scripts."""
        name = request.GET["part"]
        if name == "count":
            page = keyset.Page([])
            page.count, page.counted_out = listing.count()
            return render(request, "web/list_count.html", {"count_words": count_words(page)})
        if name == "foot":
            return render(request, "web/list_foot.html", listing.whole_foot())
        if name == "views":
            return render(request, "web/list_views.html", {"view_tabs": self.counted_tabs(request)})
        frame = "bare_part.html" if request.htmx else "base.html"
        context = {"page": self, "listing": listing, "frame": frame, "kept_pairs": pairs(listing.kept())}
        context |= {"addable": listing.addable()} if name == "filters" else {"all_columns": listing.column_choices()}
        return render(request, f"web/list_{name}.html", context)

    def rights(self, actor):
        """Which of the list's own doors are open to this person."""
        noun = self.model.noun
        return {
            "may_create": bool(self.create_url) and actor.may(f"{noun}.create"),
            "may_import": bool(self.import_kind) and actor.may(f"{noun}.import"),
            "may_export": actor.may(f"{noun}.export"),
            "may_delete": bool(self.bin_url) and actor.may(f"{noun}.delete"),
            "import_url": f"/imports/new/?kind={self.import_kind}",
        }

    def more(self, request):
        """Further context of a subclass."""
        return {}

    def rows(self, actor):
        """The rows before scope and filters."""
        return self.model.objects.live()

    def listing(self, request):
        """The rows of this request."""
        return Listing(self, request.user, request.GET, request)

    def preset_tabs(self, request):
        """The views that come with the product, as tabs."""
        return [{"label": preset.label, "url": "?" + preset.query} for preset in self.presets]

    def counted_tabs(self, request):
        """The saved views with the number of their rows, as far as that is quickly told; fetched after the list."""
        tabs = Views(self, request).tabs
        for tab in tabs[:COUNTED_TABS]:
            tab["count"] = self.count_of(request, tab["url"])
        return tabs

    def count_of(self, request, url):
        """The number behind the address of a tab, in words; nothing where counting takes long."""
        view = Listing(self, request.user, QueryDict(url[1:]), request)
        counted = keyset.count_briefly(view.filtered, view.scope)
        return "" if counted is None else f"{counted[0]:,}+" if counted[1] else f"{counted[0]:,}"


class Listing:
    """One request's worth of a list: what is asked for and the rows that answer it."""

    def __init__(self, page, actor, query, request=None):
        self.page, self.actor, self.query, self.request = page, actor, query, request
        self.sort = keyset.sort_named(page.table.sorts, query.get("sort", ""))
        # Ticked boxes come as `column`, shared addresses as `cols=a,b`.
        named = query.getlist("column") or [name for name in query.get("cols", "").split(",") if name]
        self.columns = page.table.chosen(actor, named)
        self.filterset = page.filters(query, page.rows(actor), request=request, actor=actor)
        self.filtered = self.filterset.qs
        self.scope = actor.scope(page.model, "view")
        self.memo = {}  # what several sums of the foot share

    def in_scope(self):
        """The rows asked for, as one condition: for counts, sums and exports."""
        return self.filtered if self.scope.everything else self.filtered.filter(self.scope.condition(self.page.model))

    def ordered(self):
        """The rows asked for in their order, without a limit."""
        return self.in_scope().order_by(*keyset.order_of(self.sort))

    def fetch(self) -> keyset.Page:
        """One page of rows by key."""
        return keyset.fetch(
            self.filtered,
            self.scope,
            self.sort,
            cursor=self.query.get("cursor", ""),
            size=PAGE_SIZE,
            related=self.page.related,
        )

    def count(self):
        """How many rows there are, counted no further than a thousand: (number, whether there are more)."""
        return keyset.count(self.filtered, self.scope)

    def count_for(self, page):
        """Count now, or after the page: a word that very many names contain costs more to count than to show."""
        if self.query.get("q") and not self.query.get("cursor"):
            page.count, page.counted_out = PAGE_SIZE, True
        else:
            page.count, page.counted_out = self.count()

    def context(self):
        """Everything the template shows."""
        page = self.fetch()
        if not self.query.get("cursor") and not page.next:
            page.count = len(page.rows)
        else:
            self.count_for(page)
        drawing = Drawing(self.actor, self.columns, page.rows)
        complete = page.count == len(page.rows) and not page.counted_out
        if complete:
            self.memo |= drawing.found  # the whole result is on this page: its sums need not be asked for again
        bulk = self.bulk_actions()
        return {
            "listing": self,
            "result": page,
            "rows_html": draw_rows(self.page.table, drawing, selectable=bool(bulk)),
            "bulk_actions": bulk,
            "heads": [self._head(column) for column in self.columns],
            "foot": self.foot(page) if complete else [],
            "foot_url": self.url(part="foot") if not complete and self.has_foot(page) else "",
            "chips": self.chips(),
            "sorts": self.sort_choices(),
            "column_count": len(self.page.table.readable_by(self.actor)),
            "filters_url": self.url(part="filters"),
            "columns_url": self.url(part="columns"),
            "views_url": self.url(part="views"),
            "next_url": self.url(cursor=page.next) if page.next else "",
            "previous_url": self.url(cursor=page.previous) if page.previous else "",
            "clear_url": self.url_without_filters(),
            "query": self.kept().urlencode(),
            "count_words": count_words(page),
            "count_url": self.url(part="count") if page.counted_out and page.count == PAGE_SIZE else "",
            "narrowest": self.narrowest() if not page.rows else {},
        }

    def bulk_actions(self):
        """What this person may do with chosen rows."""
        further = [bulk for noun, bulk in further_bulks if noun == self.page.model.noun]
        return [action for action in (*self.page.bulk, *further) if self.actor.may(action.right)]

    def has_foot(self, page):
        """Whether sums stand under the rows: of a result that was counted out none are made."""
        return not page.counted_out and len(page.rows) >= MIN_SUM and any(column.total for column in self.columns)

    def whole_foot(self):
        """The sums of a result that goes beyond one page; the page asks for them when it is drawn, for they can cost more than its rows."""
        page = keyset.Page([])
        page.count, page.counted_out = self.count()
        cells = [] if page.counted_out else self.cells_of_foot()
        return {"foot": cells, "count_words": count_words(page), "bulk_actions": self.bulk_actions()}

    def foot(self, page):
        """Under the rows the sums of the whole result, one cell for each column; nothing where no column has one."""
        return self.cells_of_foot() if self.has_foot(page) else []

    def cells_of_foot(self):
        """One cell for each column, or none where all are empty."""
        cells = [{"column": column, "text": column.total(self) if column.total else ""} for column in self.columns]
        return cells if any(cell["text"] for cell in cells) else []

    def narrowest(self):
        """Which single filter, left out, would bring rows back: the sentence for an empty result."""
        conditions = self.filterset.conditions()
        for name, found, value in conditions:
            query = self.kept()
            for key in [key for key in query if _belongs(key, name)]:
                del query[key]
            if Listing(self.page, self.actor, query, self.request).in_scope().exists():
                words = {"n": len(conditions), "label": found.label, "value": found.words(value)[1]}
                sentence = _("Of %(n)d filters, “%(label)s: %(value)s” removes all rows.") % words
                return {"sentence": sentence, "drop": _("Drop “%(label)s”") % words, "url": "?" + query.urlencode()}
        return {}

    def kept(self):
        """The query without what belongs to one page only."""
        return kept_of(self.query)

    def url(self, **values):
        """The address of this list with these values set (or, given None, dropped)."""
        query = self.kept()
        for name, value in values.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return "?" + query.urlencode()

    def url_without_filters(self):
        """The address with order and columns kept and every filter dropped."""
        return "?" + urlencode({name: self.query[name] for name in OWN_NAMES[:1] + OWN_NAMES[2:3] if name in self.query})

    def chips(self):
        """The filters in force, each with the address that removes it."""
        chips = []
        for name, found, value in self.filterset.conditions():
            operator, words = found.words(value)
            chips.append(
                {
                    "name": name,
                    "label": found.label,
                    "operator": operator,
                    "value": words,
                    "remove_url": self._url_without(name),
                }
            )
        return chips

    def addable(self):
        """The filters not yet in force."""
        present = {name for name, _filter, _value in self.filterset.conditions()}
        return [
            {"name": name, "label": found.label, "fields": [bound for bound in self.filterset.form if bound.name == name]}
            for name, found in self.filterset.filters.items()
            if name not in present
        ]

    def sort_choices(self):
        """The orders on offer, in words."""
        choices = []
        for sort in self.page.table.sorts:
            for descending, label in ((sort.descending, sort.label), (not sort.descending, sort.label_reversed)):
                if label:
                    text = f"-{sort.name}" if descending else sort.name
                    current = sort.name == self.sort.name and descending == self.sort.descending
                    choices.append({"label": label, "url": self.url(sort=text), "current": current})
        return choices

    def column_choices(self):
        """Every column this person may read, the shown ones first and marked."""
        shown = [column.name for column in self.columns]
        rest = [column for column in self.page.table.readable_by(self.actor) if column.name not in shown]
        return [{"name": column.name, "label": column.label, "shown": column.name in shown, "fixed": column.main} for column in [*self.columns, *rest]]

    def _url_without(self, name):
        query = self.kept()
        for key in list(query):
            if _belongs(key, name):
                del query[key]
        return "?" + query.urlencode()

    def _head(self, column):
        sort = column.sort
        if sort is None:
            return {"column": column}
        current = sort.name == self.sort.name
        down = current and self.sort.descending
        turned = (not down) if current else sort.descending
        return {
            "column": column,
            "url": self.url(sort=f"-{sort.name}" if turned else sort.name),
            "direction": ("descending" if down else "ascending") if current else "",
        }


def _belongs(key, name):
    return key == name or (key.startswith(f"{name}_") and key.rsplit("_", 1)[1] in ("min", "max", "after", "before"))


def counted(request, tabs):
    """The tabs with the number of rows of the list behind each address, as far as that is quickly told."""
    for tab in tabs:
        path, _mark, query = tab["url"].partition("?")
        view = getattr(resolve(path).func, "view_class", None)
        if view is not None and issubclass(view, ListPage):
            tab["count"] = view().count_of(request, f"?{query}")
    return tabs


def count_words(page):
    """The size of a result in words."""
    if page.counted_out:
        return _("more than %(limit)s") % {"limit": f"{page.count:,}"}
    return f"{page.count:,}"
