"""The register of opinions: who has them, for how long, and by when they are to be answered."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.wording import holder_words
from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import Column, TickColumn, TitleColumn, standing_columns
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.opinions.filters import OpinionFilters
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.selectors import heading_of, register_of
from partybuilding.opinions.states import OPEN
from partybuilding.organizations.permissions import roles_of_user

EXTRACT = 40
#: From where many may be refused at once.
TICKABLE = frozenset(state.value for state in OPEN if state != "drafted")


def extract(opinion: Opinion) -> str:
    """Return the beginning of what was written; one of many alike says so."""
    words = Truncator(" ".join(opinion.text.split())).chars(EXTRACT)
    return gettext("[alike] %(words)s") % {"words": words} if opinion.is_similar else words


def may_refuse_many(user: AnyUser) -> bool:
    """Let units and the department."""
    return roles_of_user(user).has(Role.UNIT, Role.DEPARTMENT)


class OpinionRegisterView(RegisterView):
    """The register with the bar of bulk refusals below it."""

    template_name = "partybuilding/opinions/register.html"

    def get_table_kwargs(self) -> dict[str, Any]:
        """Let the box in the heading tick all others."""
        return {**super().get_table_kwargs(), "attrs": {"data-controller": "w-bulk"}}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is a bar."""
        context = super().get_context_data(*args, **kwargs)
        return {**context, "may_refuse_many": may_refuse_many(self.request.user)}


class OpinionAdmin(RegisterAdmin):
    """The register of opinions."""

    model = Opinion
    rows_of = staticmethod(register_of)
    opened_as = "partybuilding:opinion"
    base_url_path = "party/opinions"
    index_view_class = OpinionRegisterView
    menu_label = pgettext_lazy("menu", "Opinions of residents")
    menu_icon = "comment"
    filterset_class = OpinionFilters
    search_fields = ("number", "text", "project__code", "project__title")
    default_ordering = DUE_FIRST
    export_columns = (
        (_("receipt number"), lambda opinion: opinion.number),
        (_("received on"), lambda opinion: timezone.localdate(opinion.created_at)),
        (_("about"), heading_of),
        (_("reporting unit"), lambda opinion: opinion.unit),
        (pgettext_lazy("of a resident", "opinion"), lambda opinion: opinion.text),
        (_("state"), lambda opinion: opinion.state_row.label),
        (_("On whose desk"), holder_words),
        (_("to be answered by"), lambda opinion: opinion.answer_by),
        (_("closed on"), lambda opinion: opinion.closed_on),
        (_("Days late"), lambda opinion: opinion.days_late or ""),
        (
            pgettext_lazy("of an opinion", "outcome"),
            lambda opinion: opinion.get_outcome_display() or opinion.get_refusal_display(),
        ),
        (pgettext_lazy("to an opinion", "answer"), lambda opinion: opinion.answer),
        (
            pgettext_lazy("opinions", "Published"),
            lambda opinion: _("yes") if opinion.published_at else "",
        ),
    )

    def may_list(self, user: AnyUser) -> bool:
        """Show it to those who oversee, and to units."""
        roles = roles_of_user(user)
        return roles.oversees or roles.has(Role.UNIT)

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list."""
        return list(self._columns(request))

    def _columns(self, request: HttpRequest) -> Iterator[Any]:
        if may_refuse_many(request.user):
            yield TickColumn(TICKABLE, self.list_url(request))
        yield TitleColumn(
            "text",
            label=pgettext_lazy("of a resident", "opinion"),
            accessor=extract,
            get_url=self.opener(request),
        )
        yield Column(
            "number", label=_("receipt number"), sort_key="number", classname="party-number"
        )
        yield Column("about", label=_("about"), accessor=heading_of, classname="party-place")
        yield Column(
            "unit", label=_("reporting unit"), sort_key="unit__code_key", classname="party-unit"
        )
        yield from standing_columns()
