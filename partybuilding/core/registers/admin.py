"""Registers in the CMS admin: listed by scope, filtered, exported, and opened elsewhere.

Each register knows itself, so that boards find the list of a model and can add filters to it.
`RegisterAdmin` is a ModelAdmin that only lists; `RegisterView` is its list in the look of Wagtail's own.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.urls import re_path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.hooks import search_for_hooks
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from partybuilding.core import rooms
from partybuilding.core.registers.cells import Column as PlainColumn
from partybuilding.core.registers.cells import TickColumn
from partybuilding.core.registers.exports import ExportColumn
from partybuilding.core.registers.files import as_file
from partybuilding.core.registers.filters import KeysFirstPaginator, with_next
from partybuilding.core.registers.words import holding
from partybuilding.core.types import AnyUser, Rows

#: Registers of records open with what is due first, overdue at the top; what nothing waits for comes last.
DUE_FIRST = (IsNull(F("due_on"), True), "due_on", "-state_since", "-pk")

_registers: dict[type[Any], "RegisterAdmin"] = {}


def register_for(model: type[Any]) -> "RegisterAdmin | None":
    """Return the register in which a model's records are listed, None when there is none."""
    search_for_hooks()  # where registers are made; a command may ask before anything else did
    return _registers.get(model)


def with_more_filters(admin: "RegisterAdmin") -> Any:
    """Return the class of a register's filters with those that other rooms add to it."""
    own = admin.filterset_class
    if own is None:
        return None
    added = {
        name: one for give in rooms.collect("filters") for name, one in give(admin.model).items()
    }
    fresh = {name: one for name, one in added.items() if name not in own.base_filters}
    return type(own)(own.__name__, (own,), fresh) if fresh else own


class RegisterView(IndexView):
    """One register's list: filters, search in several words, sorting, pages, and the list as XLSX."""

    model_admin: Any = None
    permission_policy = None
    any_permission_required = None
    paginate_by = 50
    paginator_class = KeysFirstPaginator
    table_classname = "listing party-register"
    template_name = "partybuilding/core/register/index.html"
    results_template_name = "partybuilding/core/register/results.html"
    FORMATS = ("xlsx",)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take everything that differs from register to register from its admin."""
        admin = self.model_admin
        self.model = admin.model
        self.filterset_class = with_more_filters(admin)
        self.search_fields = admin.search_fields
        self.default_ordering = admin.default_ordering
        self.header_icon = admin.get_menu_icon()
        self.page_title = capfirst(admin.get_menu_label())
        super().setup(request, *args, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in whom the register's admin lets in."""
        if not self.model_admin.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, or give its file without the screen, which would read every row once more."""
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def user_has_permission(self, permission: str) -> bool:
        """Refuse what a register does not do."""
        return False

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the register."""
        return list(self.model_admin.get_columns(self.request))

    def get_table_kwargs(self) -> dict[str, Any]:
        """Let the box in the heading, where there is one, tick all others."""
        ticks = any(isinstance(column, TickColumn) for column in self.columns)
        attrs = {"data-controller": "w-bulk"} if ticks else {}
        return {**super().get_table_kwargs(), "attrs": attrs}

    def get_table(self, object_list: Any) -> Any:
        """Build the table without what says the same in every row of the whole list."""
        self.columns = [one for one in self.columns if not self._is_idle(one, object_list)]
        return super().get_table(object_list)

    def _is_idle(self, column: Any, rows: Any) -> bool:
        """Tell whether a column has nothing to tick, repeats the filters, or says one thing on one page."""
        if isinstance(column, TickColumn):
            return not any(column.takes(row) for row in rows)
        plain = isinstance(column, PlainColumn) and len(rows) > 1
        narrowed = len(self.request.GET.getlist(column.name)) == 1
        whole = len(rows) < self.paginate_by and "p" not in self.request.GET
        return plain and (narrowed or whole) and len({column.words_of(row) for row in rows}) == 1

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Show search and filters above the list, and not behind a button of the header."""
        told = super().get_context_data(*args, **kwargs)
        above = {"bar": told.get("filters"), "words": told.get("search_form")}
        above |= {"filters": None, "search_form": None}
        return {**told, **above, "ways_when_empty": self._ways_when_empty(told)}

    def _ways_when_empty(self, told: dict[str, Any]) -> list[Any]:
        """Return where it is set what an empty register lacks; nothing where only nothing was found."""
        if told["object_list"] or told.get("is_searching") or told.get("is_filtering"):
            return []
        user = self.request.user
        return [way for give in rooms.collect("ways_when_empty") for way in give(self.model, user)]

    def get_index_url(self) -> str:
        """Return the address of the list."""
        return self.model_admin.url_helper.index_url

    def get_index_results_url(self) -> str:
        """Return the address of the list's rows alone, for searching while typing."""
        return self.model_admin.url_helper.get_action_url("results")

    def get_base_queryset(self) -> QuerySet:
        """Return the scope of the user."""
        return self.model_admin.get_queryset(self.request)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Give the filters what they know."""
        return {**super().get_filterset_kwargs(), "queryset": self.model._default_manager.all()}

    @cached_property
    def filters(self) -> Any:
        """The filters; an unknown choice in the address is left out, not an error."""
        filters = super().filters
        if filters is None or filters.form.is_valid():
            return filters
        known = self.request.GET.copy()
        for name in filters.form.errors:
            known.pop(name, None)
        return self.filterset_class(**{**self.get_filterset_kwargs(), "data": known})

    def search_queryset(self, queryset: Rows) -> Rows:
        """Keep what has every word somewhere; parts of words count, as Chinese has no blanks."""
        found = self.model_admin.search_extra
        for word in self.search_query.split():
            extra = found(word) if found else None
            queryset = holding(queryset, self.search_fields, word, extra)
        return queryset

    def order_queryset(self, queryset: Rows) -> Rows:
        """Sort by the chosen column, what is empty last; equal rows keep a fixed order."""
        if not isinstance(self.ordering, str):
            return queryset.order_by(*self.ordering)
        column = F(self.ordering.removeprefix("-"))
        down = self.ordering.startswith("-")
        order = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
        return queryset.order_by(order, "-pk")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the list as it is filtered now as XLSX."""
        if not self.model_admin.export_columns:
            return []
        params = self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment"):
            params.pop(name, None)
        params["export"] = "xlsx"
        url = f"{self.index_url}?{params.urlencode()}"
        return [HeaderButton(_("Export XLSX"), url, icon_name="download")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Offer nothing else: no CSV, which spreadsheets run as formulas."""
        return []

    def columns_of_file(self, queryset: QuerySet) -> Iterable[Any]:
        """Return the columns of the XLSX file of these rows."""
        return self.model_admin.export_columns

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponse:
        """Return the filtered list as XLSX, or where it is being made when it is long."""
        columns = [ExportColumn(*column) for column in self.columns_of_file(queryset)]
        return as_file(self.request, str(self.page_title), columns, queryset)


class RegisterHelper(PermissionHelper):
    """Let in whom the register lets in, and do nothing but list."""

    may_list: Callable[[Any], bool]

    def user_can_list(self, user: AnyUser) -> bool:
        """Ask the register."""
        return self.may_list(user)

    def user_can_create(self, user: AnyUser) -> bool:
        """Refuse."""
        return False

    def user_can_edit_obj(self, user: AnyUser, obj: Any) -> bool:
        """Refuse."""
        return False

    user_can_delete_obj = user_can_inspect_obj = user_can_edit_obj


class RegisterAdmin(ModelAdmin):
    """A register of records in the menu group of the programme; rights come from memberships alone."""

    index_view_class = RegisterView
    permission_helper_class = RegisterHelper
    history_view_enabled = False
    filterset_class: Any = None
    search_fields: tuple[str, ...] = ()
    #: Answers a word with a further condition that finds rows.
    search_extra: Callable[[str], Q] | None = None
    default_ordering: tuple[Any, ...] = ("-pk",)
    #: Whether it is shown to a user, and what they may see of it (static methods).
    shown_to: Callable[[Any], bool]
    rows_of: Callable[[Any], QuerySet]
    #: The name of the address at which a row is opened.
    opened_as = ""
    #: The columns of the XLSX file: headings with what reads a row's value.
    export_columns: tuple[tuple[Any, Callable[[Any], Any]], ...] = ()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.permission_helper.may_list = self.may_list
        _registers.setdefault(self.model, self)

    def may_list(self, user: AnyUser) -> bool:
        """Tell whether the register is shown to this user."""
        return self.shown_to(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return what the user may see."""
        return self.rows_of(request.user)

    def get_columns(self, request: HttpRequest) -> Iterable[Column]:
        """Return the columns of the list, the first first."""
        raise NotImplementedError

    def opened_at(self, item: Any) -> str:
        """Return the address at which a row is opened; empty when it is not."""
        return reverse(self.opened_as, args=[item.pk]) if self.opened_as else ""

    def list_url(self, request: HttpRequest) -> str:
        """Return the address of the list as it is narrowed and sorted now."""
        params = request.GET.copy()
        for name in ("_w_filter_fragment", "export"):
            params.pop(name, None)
        index = self.url_helper.index_url
        return f"{index}?{params.urlencode()}" if params else index

    def opener(self, request: HttpRequest) -> Callable[[Any], str]:
        """Return a function that returns the address of a row with the way back to this list."""
        back = self.list_url(request)
        return lambda item: with_next(self.opened_at(item), back)

    def results_view(self, request: HttpRequest) -> HttpResponse:
        """Show the rows alone."""
        return self.index_view_class.as_view(model_admin=self, results_only=True)(request)

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """Mount the list and its rows; there is no address for anything else."""
        helper = self.url_helper
        return tuple(
            re_path(pattern, view, name=helper.get_action_url_name(action))
            for action, pattern, view in (
                ("index", helper.get_action_url_pattern("index"), self.index_view),
                ("results", rf"^{helper.base_url_path}/results/$", self.results_view),
            )
        )

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """Offer no boxes to tick in the CMS groups."""
        return Permission.objects.none()

    def register_indexing(self) -> None:
        """Leave records out of the CMS's index of references: they hold none to its library."""

    def register_admin_url_finders(self) -> None:
        """Tell the CMS where a row is opened."""
        opened_at, queryset = self.opened_at, self.get_queryset

        class Finder:
            def __init__(self, user: Any = None) -> None:
                self.user = user

            def get_edit_url(self, item: Any) -> str | None:
                request = HttpRequest()
                request.user = self.user
                return opened_at(item) if queryset(request).filter(pk=item.pk).exists() else None

        register_admin_url_finder(self.model, Finder)
