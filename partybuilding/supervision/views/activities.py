"""One activity: its record and findings, its pictures; and what the screens of supervision share."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.registers.filters import way_back, with_next
from partybuilding.core.types import AnyUser
from partybuilding.supervision.addresses import activities_url, activity_url
from partybuilding.supervision.corrections import told
from partybuilding.supervision.forms import VisitSheet
from partybuilding.supervision.forms.visit import pictures_field
from partybuilding.supervision.models import Activity
from partybuilding.supervision.permissions import (
    user_can_plan_supervision,
    user_can_supervise_project,
)
from partybuilding.supervision.selectors.files import activity_file
from partybuilding.supervision.services import add_pictures, record_visit
from partybuilding.supervision.states import HELD
from partybuilding.supervision.wording import activity_late_words, when_words


def activity_address(activity: Activity, back: str = "") -> str:
    """Return the address of an activity's screen, with the way back."""
    return with_next(activity_url(activity.pk), back)


class ActivityFrame(WagtailAdminTemplateMixin):
    """A screen of one activity that the user may see; every other one does not exist for them."""

    header_icon = "calendar-check"
    register_label = gettext_lazy("Supervision activities")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fetch the activity."""
        super().setup(request, *args, **kwargs)
        try:
            self.activity = activity_file(request.user, kwargs["pk"])
        except ObjectDoesNotExist:
            raise Http404 from None
        self.back = way_back(request)

    @property
    def title(self) -> str:
        """Name the activity with its quarter."""
        kind = self.activity.get_kind_display()
        return _("%(when)s, %(kind)s") % {"when": when_words(self.activity), "kind": kind}

    def get_page_title(self) -> str:
        """Return the activity's name."""
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register, and from a form to the activity."""
        own = {"url": activity_address(self.activity, self.back), "label": self.title}
        items = [
            *self.breadcrumbs_items,
            {"url": self.back or activities_url(), "label": self.register_label},
        ]
        if self.get_page_title() == self.title:
            return [*items, {**own, "url": ""}]
        return [*items, own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the activity, its project, its standing and the way back."""
        return super().get_context_data(
            activity=self.activity,
            project=self.activity.project,
            standing=self.activity.stands(),
            address=activity_address(self.activity, self.back),
            back=self.back,
            **kwargs,
        )


def can_record(activity: Activity, user: AnyUser) -> bool:
    """Tell whether the user may record this activity now."""
    open_still = activity.kind in HELD and activity.done_on is None
    return open_still and user_can_supervise_project(activity.project, user)


def visit_of(activity: Activity) -> Any:
    """Return the record of an activity; None while there is none."""
    return getattr(activity, "visit", None)


class ActivityView(ActivityFrame, TemplateView):
    """Everything about one activity."""

    template_name = "partybuilding/supervision/activity.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the record with its pictures, the findings, and what the user may do."""
        activity, user = self.activity, self.request.user
        visit = visit_of(activity)
        undone = activity.done_on is None
        return super().get_context_data(
            late=activity_late_words(activity),
            visit=visit,
            checks=list(visit.checks.all()) if visit else [],
            checklist=visit.checklist.answered(visit) if visit else [],
            files=list(visit.attachments.all()) if visit else [],
            findings=list(activity.rectifications.all()),
            corrections=list(told(visit.corrections, to_staff=True)) if visit else [],
            can_record=can_record(activity, user),
            can_plan=undone and user_can_plan_supervision(user),
            can_add=visit is not None and user_can_supervise_project(activity.project, user),
            accept=pictures_field().widget.attrs["accept"],
            **kwargs,
        )


class VisitView(ActivityFrame, TemplateView):
    """The form in which an activity is recorded, made for a phone."""

    template_name = "partybuilding/supervision/visit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the record once there is one, and keep out whose task it is not."""
        if visit_of(self.activity):
            if request.method == "POST":
                messages.info(request, _("This activity is already recorded."))
            return redirect(activity_address(self.activity, self.back))
        if not can_record(self.activity, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Say that it is recorded here."""
        return _("Record: %(kind)s") % {"kind": self.activity.get_kind_display()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with today and the officer's own name."""
        user: Any = request.user
        name = user.get_full_name()
        sheet = VisitSheet(self.activity, held_on=timezone.localdate(), participants=name)
        return self.render_to_response(self.get_context_data(sheet=sheet))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record it, or say why not with everything typed kept."""
        sheet = VisitSheet(self.activity, request.POST, request.FILES)
        if sheet.is_valid() and self._record(sheet):
            messages.success(request, _("Recorded: %(title)s") % {"title": self.activity.project})
            return redirect(activity_address(self.activity, self.back))
        return self.render_to_response(self.get_context_data(sheet=sheet))

    def _record(self, sheet: VisitSheet) -> bool:
        given, user = sheet.form.cleaned_data, self.request.user
        try:
            record_visit(self.activity, sheet.note, by=user, uploads=given["files"])
        except UploadRefused as refused:
            sheet.form.add_error("files", refused.named)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                sheet.form.add_error(None, sentence)
        else:
            return True
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the two halves of the form."""
        sheet = kwargs["sheet"]
        wrong = (
            bool(sheet.form.errors or any(sheet.findings.errors)) if sheet.form.is_bound else False
        )
        return super().get_context_data(
            form=sheet.form, findings=sheet.findings, is_wrong=wrong, **kwargs
        )


class PicturesView(ActivityFrame, TemplateView):
    """Add pictures to a record that stands."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the pictures in, or say why not."""
        visit = visit_of(self.activity)
        if visit is None or not user_can_supervise_project(self.activity.project, request.user):
            raise Http404
        chosen = pictures_field()
        chosen.required, chosen.error_messages["required"] = True, _("Choose at least one file.")
        try:
            files = chosen.clean(request.FILES.getlist("files"))
            kept = add_pictures(visit, files, by=request.user)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        except UploadRefused as refused:
            messages.error(request, refused.named)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(count)s files were added.") % {"count": len(kept)})
        return redirect(activity_address(self.activity, self.back))


def visit_address(activity: Activity) -> str:
    """Return the address at which an activity is recorded."""
    return reverse("partybuilding:visit", args=[activity.pk])
