"""The public appraisal of a project: three questions, open between two days."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from partybuilding.core.access.requests import address_of
from partybuilding.core.machine.refusals import Refusal
from partybuilding.opinions.appraisals import APPRAISED, is_open_for
from partybuilding.opinions.forms import AppraisalForm
from partybuilding.opinions.limits import Limit, appraising
from partybuilding.opinions.models.appraisal import period_of
from partybuilding.opinions.services import appraise
from partybuilding.opinions.views.guarded import GuardedView, meta_of, way_to
from partybuilding.projects.pages import ProjectPage


class AppraisalView(GuardedView):
    """The form of one project; before and after its days it says when it is open."""

    form_class = AppraisalForm
    template_name = "partybuilding/opinions/appraisal.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the project among those that are appraised and can be read."""
        super().setup(request, *args, **kwargs)
        pages = ProjectPage.objects.readable().filter(project__state__in=APPRAISED)
        found = pages.select_related("project__cycle", "project__organization")
        self.target = (
            found.defer("body", "attachments").filter(project__code=kwargs["code"]).first()
        )
        if self.target is None:
            raise Http404
        self.project = self.target.project

    def limit(self) -> Limit:
        """Return how many sheets on one project one address may send in a day."""
        return appraising()

    def limit_key(self) -> str:
        """Count by address and project."""
        return f"{address_of(self.request)} {self.project.pk}"

    def accepted(self, form: AppraisalForm) -> HttpResponse:
        """Count the sheet and give thanks."""
        try:
            appraise(self.project, nonce=form.nonce, answers=form.answers())
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=None, is_counted=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the project and the days."""
        title = _("Appraisal: %(title)s") % {"title": self.target.title}
        way_back = way_to(_("Public appraisal"), self.request)
        return super().get_context_data(
            **{
                "title": title,
                "way_back": way_back,
                "page_meta": meta_of(way_back, self.request, title),
                "target": self.target,
                "project_url": self.target.get_url(self.request),
                "project": self.project,
                "period": period_of(self.project.cycle),
                "is_open": is_open_for(self.project),
                **kwargs,
            }
        )
