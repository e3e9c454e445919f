"""Pages whose record was withdrawn: they go offline, and their address says so, with the public reason.

public.md wants a withdrawn page to stay readable with its reason, lifecycle.md lets only certain states be
live. Both hold: what the page told is gone, and its address answers 410 with what was decided and why.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.url_routing import RouteResult

from partybuilding.core.machines import machine_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages.column import FRESH_SECONDS
from partybuilding.core.pages.meta import PageMeta
from partybuilding.core.pages.record import RecordPage

GONE = 410


def take_offline(record: Any, *, by: Any) -> None:
    """Take a record's page offline and call off what the editors had under way with it.

    To be called inside the step that takes the record's leave away, before the state is saved.
    """
    page = getattr(record, "page", None)
    if page is None:
        return
    flow = page.current_workflow_state
    if flow is not None:
        flow.cancel(user=by)
    page.revisions.update(approved_go_live_at=None)
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)


class FarewellPage(RecordPage):
    """The page of a record that can be withdrawn in public."""

    farewell_template = "partybuilding/column/farewell.html"
    #: Set while what is shown here is the farewell, so that the head tells nothing of the text either.
    is_withdrawn = False

    class Meta:
        abstract = True

    def farewell(self) -> TransitionRecord | None:
        """Return the step with a public reason that ended what residents once read here."""
        if self.first_published_at is None or self.record_allows_live():
            return None
        machine = machine_of(self._record_model)
        public = [step.code for step in machine.table.steps if step.public_reason]
        pk = getattr(self, self._meta.get_field(self.record_name).attname)
        rows = TransitionRecord.objects.filter(machine=machine.code, record_id=pk)
        last = rows.order_by("sequence").last()
        return last if last is not None and last.step in public else None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Lead to what is left to say here; everything else as for every page of a record."""
        if not path_components and not self.get_view_restrictions() and self.farewell():
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or say that it was withdrawn and why."""
        row = self.farewell()
        if row is None:
            return super().serve(request, *args, **kwargs)
        self.is_withdrawn = True
        context = {"page": self, "row": row, "record": self.record}
        context["way_back"] = self.way_back(request)
        # What the page itself would tell in its head is withdrawn too.
        context["page_meta"] = PageMeta.of(self, request, description="")
        response = TemplateResponse(request, self.farewell_template, context, status=GONE)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
        return response
