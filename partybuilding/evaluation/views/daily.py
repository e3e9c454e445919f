"""The day-to-day rating: for a unit's reviewers and the task force, with what the system knows beside the field."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.desk.showing import part_asked, ways_to
from partybuilding.core.rules import together
from partybuilding.core.states import Role
from partybuilding.evaluation.figures import facts_of
from partybuilding.evaluation.forms.daily import DailyForm
from partybuilding.evaluation.models import DailyRating
from partybuilding.evaluation.permissions import side_that_rates, user_gives_ratings
from partybuilding.evaluation.rules import nothing_is_frozen, year_is_judged
from partybuilding.evaluation.selectors.daily import TO_GIVE, own_rating, rated_by
from partybuilding.evaluation.services import rate_daily
from partybuilding.organizations.views.frame import KeeperForm, Screen
from partybuilding.projects.models import Project

#: The parts of the list.
PARTS = {"": gettext_lazy("All projects"), TO_GIVE: gettext_lazy("Still to rate")}


class DailyListView(Screen, TemplateView):
    """The projects that the user rates, rated and not."""

    template_name = "partybuilding/evaluation/daily_list.html"
    header_icon = "form"
    page_title = gettext_lazy("Day-to-day knowledge")

    def allowed(self) -> bool:
        """Let in units' reviewers and the task force."""
        return user_gives_ratings(self.request.user)

    def get_page_title(self) -> str:
        """Return the words of the screen."""
        return str(self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put what is still to rate first."""
        rows = sorted(rated_by(self.request.user), key=lambda one: one.rating is not None)
        given = sum(one.rating is not None for one in rows)
        still = part_asked(self.request, PARTS) == TO_GIVE
        return super().get_context_data(
            rows=[one for one in rows if one.rating is None] if still else rows,
            given=given,
            all=len(rows),
            ways=ways_to(self.request, PARTS),
            **kwargs,
        )


class DailyView(KeeperForm):
    """One project's rating: a form while it may be given, and afterwards what was given with its facts."""

    template_name = "partybuilding/evaluation/daily.html"
    header_icon = "form"
    form_class = DailyForm
    submit_label = gettext_lazy("Save the rating")
    done_label = gettext_lazy("The rating was saved.")
    side: Role | None = None

    def find(self) -> None:
        """Find the project among those that the user sees."""
        projects = Project.objects.visible_to(self.request.user)
        rows = projects.select_related("cycle", "organization__unit")
        self.project = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.side = side_that_rates(self.project, self.request.user)
        self.rating = own_rating(self.project, self.side) if self.side else None
        self.why_not = together(
            (year_is_judged(self.project), nothing_is_frozen(self.project))
        ).reasons

    def allowed(self) -> bool:
        """Let in who rates the project, and who rated it."""
        return self.side is not None and (self.rating is not None or not self.why_not)

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the list."""
        return [(reverse("partybuilding:daily_ratings"), _("Day-to-day knowledge"))]

    def get_page_title(self) -> str:
        """Name the project."""
        return self.project.title

    def get_initial(self) -> dict[str, Any]:
        """Show what was given."""
        if self.rating is None:
            return {}
        return {"points": f"{self.rating.points.normalize():f}", "remark": self.rating.remark}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a rating only while it may be given.

        Raises:
            Http404: it may not be given any more; there is no form then.
        """
        if self.why_not:
            raise Http404
        return super().post(request, *args, **kwargs)

    def write(self, form: DailyForm) -> DailyRating:
        """Save it."""
        given = form.cleaned_data
        by = self.request.user
        return rate_daily(self.project, given["points"], by=by, remark=given["remark"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the facts beside the field: today's while it may be given, those of its day afterwards."""
        is_open = not self.why_not
        return super().get_context_data(
            project=self.project,
            rating=self.rating,
            is_open=is_open,
            why_not=self.why_not,
            facts=facts_of(self.project) if is_open else [],
            **kwargs,
        )
