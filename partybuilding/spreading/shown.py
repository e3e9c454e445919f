"""What the desk, the CMS's own page screens, and the files and pages of projects show of what spreads."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from partybuilding.core.answers.wording import worded
from partybuilding.core.desk.figures import by_state
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.machine.offers import offers
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.states import Text
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.casefile.contents import CaseSection
from partybuilding.projects.models import Project
from partybuilding.projects.page.parts import PageSection, Reading
from partybuilding.spreading.kinds import Kind
from partybuilding.spreading.selectors import of_project


def header_buttons(kind: Kind) -> Callable[..., Iterator[Button]]:
    """Return the hook that leads from a page's editor to its record, and to the steps that are the user's."""

    def buttons(
        page: Page, user: AnyUser, view_name: str, next_url: str | None = None
    ) -> Iterator[Button]:
        if not isinstance(page, kind.page) or page.pk is None:
            return
        pk = getattr(page, f"{kind.page.record_name}_id")
        record = kind.records.visible_to(user).filter(pk=pk).first()
        if record is None:
            return
        address = kind.address(record)
        yield Button(str(kind.file_label), address, icon_name=kind.icon, priority=5)
        for offer in offers(record, user):
            if not offer.blocked:
                url = kind.step_address(record, offer.step.code)
                yield Button(str(offer.step.label), url, icon_name="arrow-right", priority=6)

    return buttons


def with_record_state(kind: Kind) -> Callable[[Page, QuerySet[Page], HttpRequest], QuerySet[Page]]:
    """Return the hook that fetches the state of every record with the list of their pages."""

    def fetched(parent_page: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
        if not isinstance(parent_page.specific, kind.index):
            return pages
        state = kind.records.filter(page=OuterRef("pk")).values("state")
        return pages.annotate(record_state=Subquery(state))

    return fetched


def desk_lines(kind: Kind, user: AnyUser) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    if not roles_of_user(user).is_staff:
        return
    table, waiting = machine_of(kind.model).table, kind.records.waiting_for(user)
    for row in by_state(waiting, timezone.localdate()):
        state = table.state(row["state"])
        url = kind.register_url(desk="mine", state=state.code)
        yield DeskLine(
            _(kind.line) % {"state": state.label}, row["n"], row["late"], url, state.tone
        )


def case_section(kind: Kind, code: str, order: int) -> CaseSection:
    """Return the section that shows in a project's file what came from it."""

    def context(project: Project, user: AnyUser) -> Mapping[str, Any] | None:
        found = list(of_project(kind, project, user))
        rows = [{"record": record, "url": kind.address(record)} for record in found]
        return {"rows": rows} if rows else None

    return CaseSection(
        code, kind.label, "partybuilding/spreading/section.html", context, order=order
    )


def page_section(
    kind: Kind,
    code: str,
    heading: Text,
    order: int,
    readable: Callable[[], QuerySet],
    card_of: Callable[..., dict[str, Any]],
) -> PageSection:
    """Return the part of a project's page that shows what came from it, as far as residents may read it."""

    @worded
    def pages_of(project: int) -> QuerySet:
        path = f"{kind.page.record_name}__{kind.projects}"
        return readable().filter(**{path: project}).order_by("pk")

    def context(reading: Reading) -> Mapping[str, Any] | None:
        cards = [card_of(page, reading.request) for page in pages_of(reading.project.pk)]
        return {"cards": cards} if cards else None

    return PageSection(code, heading, "partybuilding/spreading/part.html", context, order)
