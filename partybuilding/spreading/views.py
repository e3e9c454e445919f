"""The staff screens of what spreads: the file, its steps, its page."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import RecordFrame, RecordView, StepView, Way
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.organizations.selectors import names_of_holders
from partybuilding.spreading.kinds import Kind
from partybuilding.spreading.selectors import next_waiting


class SpreadFrame(RecordFrame):
    """A screen of one record that the user may see; every other one does not exist for them."""

    kind: Kind

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take icon and words from its kind."""
        self.header_icon, self.register_label = self.kind.icon, self.kind.label
        super().setup(request, *args, **kwargs)

    def register_address(self) -> str:
        """Return the address of the register."""
        return self.kind.register_url()

    def address_of(self, record: Any, back: str = "") -> str:
        """Return the address of the record's file."""
        return self.kind.address(record, back)


class SpreadView(SpreadFrame, RecordView):
    """The file of a record on one screen."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take the words of the strip from its kind."""
        self.strip = self.kind.strip
        super().setup(request, *args, **kwargs)

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return self.kind.step_address(self.record, step)

    def people(self) -> str:
        """Name the persons of an organisation or unit while it is with them."""
        return names_of_holders(self.record)

    def ways(self) -> Iterator[Way]:
        """Lead to the page, or to its beginning while there may be one."""
        if not user_works_on_pages(self.request.user):
            return
        page = self.kind.page_of(self.record)
        if page is not None:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield Way(_("Edit the public page"), url, "doc-full")
        elif self.record.state_row.strip:
            url = self.kind.page_address(self.record)
            yield Way(_("Write the public page"), url, "doc-empty-inverse", post=True)


class SpreadStepView(SpreadFrame, StepView):
    """The form of one step of a record."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take the standard phrases from its kind."""
        self.phrases = self.kind.phrases
        super().setup(request, *args, **kwargs)

    def after_step(self) -> str:
        """Lead back to the file."""
        return self.kind.address(self.record)

    def following(self, moved: Any) -> Any:
        """Return the most urgent of the other records that wait."""
        return next_waiting(self.kind, self.request.user, moved)


def start_page_view(
    frame_class: type[SpreadView], begin_page: Callable[..., Any]
) -> Callable[..., HttpResponse]:
    """Return the view that makes the draft page of a record and opens it."""

    @require_POST
    def start_page(request: HttpRequest, pk: int) -> HttpResponse:
        frame = frame_class()
        frame.setup(request, pk=pk)
        try:
            page = begin_page(frame.record, by=request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            return redirect(frame.kind.address(frame.record))
        return redirect("wagtailadmin_pages:edit", page.pk)

    return start_page
