"""Begin a notice of the approved projects, from a closed session too; draw a list again."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.column.notices.office import office
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.notices.period import Period, proposed_period
from partybuilding.column.notices.permissions import user_can_start_notice
from partybuilding.column.notices.selectors import (
    awaiting_count,
    awaiting_notice,
    published_lists,
    source_of,
    unpublished_lists,
    with_names,
    years_awaiting,
)
from partybuilding.column.notices.services import redraw_entries, start_correction, start_notice
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.projects.casefile.contents import CaseAction
from partybuilding.projects.models import DecisionSession
from partybuilding.projects.permissions import user_can_see_session
from partybuilding.projects.preparation.forms import day_input


def notice_ways(session: DecisionSession, user: AnyUser) -> Iterator[CaseAction]:
    """Offer to begin a notice while the session approved something that no notice has named."""
    if session.is_open or not user_can_start_notice(user):
        return
    count = awaiting_count(session.cycle, session)
    if count:
        url = (
            f"{reverse('partybuilding:start_notice', args=[session.cycle_id])}?session={session.pk}"
        )
        label = _("Begin the public notice (%(count)s projects)") % {"count": count}
        yield CaseAction(label, url, "doc-full")


#: Published lists that the screen shows.
RECENT = 10


class PeriodForm(forms.Form):
    """From when to when the list is open to comment."""

    opens_on = forms.DateField(label=gettext_lazy("first day of the period"), widget=day_input())
    closes_on = forms.DateField(label=gettext_lazy("last day of the period"), widget=day_input())

    def clean(self) -> dict[str, Any]:
        """Ask for a period that lies ahead and is long enough."""
        given = super().clean() or {}
        if not self.errors:
            period, least = Period(given["opens_on"], given["closes_on"]), office().working_days
            if period.closes_on < period.opens_on:
                raise ValidationError(_("The last day of the period is before its first day."))
            if period.working_days < least:
                facts = {"days": period.working_days, "least": least}
                sentence = _(
                    "The period has %(days)s working days; at least %(least)s are required."
                )
                raise ValidationError(sentence % facts)
        return given

    @property
    def period(self) -> Period:
        """The period that was given."""
        return Period(self.cleaned_data["opens_on"], self.cleaned_data["closes_on"])


class NoticeFrame(WagtailAdminTemplateMixin):
    """A screen of those who may begin notices."""

    header_icon = "doc-full"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to those who may begin notices."""
        super().setup(request, *args, **kwargs)
        if not user_can_start_notice(request.user):
            raise PermissionDenied

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class ChooseView(NoticeFrame, TemplateView):
    """The years whose approved projects await a notice, and the lists that were begun."""

    template_name = "partybuilding/column/notices/choose.html"
    page_title = gettext_lazy("Notices of approved lists")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the years and the drafts."""
        return super().get_context_data(
            sources=[source_of(cycle) for cycle in years_awaiting()],
            drafts=unpublished_lists().select_related("cycle"),
            published=published_lists().select_related("cycle")[:RECENT],
            writes=user_works_on_pages(self.request.user),
            **kwargs,
        )


class StartView(NoticeFrame, FormView):
    """Begin a notice: the projects that it will name, and its period."""

    template_name = "partybuilding/column/notices/start.html"
    form_class = PeriodForm
    page_title = gettext_lazy("Begin a notice of the approved list")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the year, and the session when one is named; others' sessions do not exist."""
        super().setup(request, *args, **kwargs)
        self.cycle = get_object_or_404(Cycle, pk=kwargs["cycle"])
        self.session: DecisionSession | None = None
        if "session" in request.GET:
            if not user_can_see_session(request.user):
                raise Http404
            held = DecisionSession.objects.filter(cycle=self.cycle).exclude(closed_at=None)
            key = request.GET["session"]
            self.session = get_object_or_404(held, pk=key if key.isdigit() else 0)

    @cached_property
    def projects(self) -> list[Any]:
        """What the notice would name."""
        return list(with_names(awaiting_notice(self.cycle, self.session)))

    def get_initial(self) -> dict[str, Any]:
        """Propose the next working days."""
        period = proposed_period(timezone.localdate(), office().working_days)
        return {"opens_on": period.opens_on, "closes_on": period.closes_on}

    def form_valid(self, form: PeriodForm) -> HttpResponse:
        """Begin it, and lead on to the editor; or say why not."""
        user = self.request.user
        try:
            page = start_notice(self.cycle, by=user, session=self.session, period=form.period)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        if user_works_on_pages(user):
            messages.success(
                self.request, _("The list is drawn. Please check every sentence of the notice.")
            )
            return redirect("wagtailadmin_pages:edit", page.pk)
        messages.success(
            self.request,
            _("The draft is made. The editors were told; they complete and submit it."),
        )
        return redirect("partybuilding:notices_begun")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the notice would name, and what was begun already."""
        return super().get_context_data(
            cycle=self.cycle,
            session=self.session,
            projects=self.projects,
            source=source_of(self.cycle, self.session),
            least=office().working_days,
            writes=user_works_on_pages(self.request.user),
            **kwargs,
        )


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the notice that puts a published one right, and lead to its editor."""
    if not user_works_on_pages(request.user):
        raise PermissionDenied
    notice = get_object_or_404(NoticePage, pk=pk)
    try:
        page = start_correction(notice, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", pk)
    messages.success(
        request, _("The correction is drafted. Say in it what should have stood where.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def redraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the list of an unpublished notice again, and lead back to its editor."""
    if not user_works_on_pages(request.user):
        raise PermissionDenied
    notice = get_object_or_404(NoticePage, pk=pk)
    try:
        count = len(redraw_entries(notice, by=request.user).entries.all())
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    else:
        messages.success(
            request, _("The list was drawn again: it names %(count)s projects.") % {"count": count}
        )
    return redirect(reverse("wagtailadmin_pages:edit", args=[pk]))
