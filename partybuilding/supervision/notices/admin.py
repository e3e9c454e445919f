"""The register of feedback notices and what it is narrowed to."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import (
    Column,
    TitleColumn,
    due_column,
    state_column,
    unit_column,
)
from partybuilding.core.registers.filters import AnyOf, OneOf, RecordFilters
from partybuilding.core.types import Rows
from partybuilding.organizations.permissions import user_is_staff
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.admin import OF_PROJECT
from partybuilding.projects.filters import UnitFilter, YearFilter
from partybuilding.supervision.filters import QuarterFilter
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.permissions import user_sees_rounds
from partybuilding.supervision.notices.selectors import register_of
from partybuilding.supervision.states import UNRESOLVED
from partybuilding.supervision.wording import when_words


def by_open(queryset: Rows, name: str, value: str) -> Rows:
    """Keep the notices with findings that are open, those whose findings are all closed, or those without any."""
    told = NoticeFinding.objects.filter(notice=OuterRef("pk"))
    some, is_open = Exists(told), Exists(told.filter(rectification__state__in=UNRESOLVED))
    conditions = {"open": is_open, "closed": some & ~is_open, "none": ~some}
    return queryset.filter(conditions[value]) if value else queryset


class FeedbackFilters(RecordFilters):
    """The filters of the register of feedback notices."""

    findings = OneOf(
        label=_("Findings"),
        method=by_open,
        choices=[
            ("open", _("With open findings")),
            ("closed", _("All findings closed")),
            ("none", _("Without findings")),
        ],
    )
    quarter = QuarterFilter("activity__")
    cycle = YearFilter()
    unit = UnitFilter()
    sector = AnyOf(label=_("field"), field_name="project__sector", choices=SECTORS.pairs)


def findings_words(notice: FeedbackNotice) -> str:
    """Say how many findings a notice has, and how many of them are open."""
    if not notice.n_open:
        return str(notice.n_findings)
    facts = {"found": notice.n_findings, "open": notice.n_open}
    return gettext("%(found)s, %(open)s open") % facts


class FeedbackView(RegisterView):
    """The list, with the way to the quarters whose notices are issued together."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the quarters, then offer the list as XLSX."""
        export = super().header_buttons
        if not user_sees_rounds(self.request.user):
            return export
        url = reverse("partybuilding:feedback_rounds")
        return [HeaderButton(_("Issue by quarter"), url, icon_name="tasks"), *export]


class FeedbackAdmin(RegisterAdmin):
    """The register of feedback notices."""

    model = FeedbackNotice
    shown_to = staticmethod(user_is_staff)
    rows_of = staticmethod(register_of)
    opened_as = "partybuilding:feedback"
    base_url_path = "party/feedback"
    index_view_class = FeedbackView
    menu_label = _("Feedback notices")
    menu_icon = "doc-full-inverse"
    filterset_class = FeedbackFilters
    search_fields = ("number", "project__title", "project__code", "project__organization__name")
    default_ordering = DUE_FIRST
    export_columns = (
        (_("document number"), lambda notice: notice.number),
        (_("state"), lambda notice: notice.state_row.label),
        (_("programme year"), lambda notice: notice.project.cycle),
        (_("quarter"), lambda notice: when_words(notice.activity)),
        *OF_PROJECT,
        (_("field"), lambda notice: notice.project.get_sector_display()),
        (_("Findings"), lambda notice: notice.n_findings),
        (_("Open findings"), lambda notice: notice.n_open),
        (_("issued at"), lambda notice: notice.issued_on),
        (_("due on"), lambda notice: notice.due_on),
    )

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "project",
            label=_("project title"),
            accessor=lambda notice: str(notice.project),
            sort_key="project__title",
            get_url=self.opener(request),
        )
        yield Column(
            "number", label=_("document number"), sort_key="number", classname="party-number"
        )
        yield Column(
            "quarter",
            label=_("quarter"),
            accessor=lambda notice: when_words(notice.activity),
            sort_key="activity__due_on",
            classname="party-number",
        )
        yield unit_column(FeedbackNotice)
        yield state_column()
        yield Column("findings", label=_("Findings"), accessor=findings_words, sort_key="n_open")
        yield Column(
            "issued",
            label=_("issued at"),
            accessor=lambda notice: notice.issued_on and notice.issued_on.isoformat(),
            sort_key="issued_at",
            classname="party-number",
        )
        yield due_column()
