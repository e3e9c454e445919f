"""The staff screens of brands: the file, its steps, its name and projects, its page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.brands.forms import BrandForm, StartBrandForm
from partybuilding.brands.kind import KIND
from partybuilding.brands.models import Brand
from partybuilding.brands.permissions import user_can_edit_brand
from partybuilding.brands.selectors import brand_file
from partybuilding.brands.services import begin_page, save_brand, start_brand
from partybuilding.core.machine.steps import PlainForm, Way
from partybuilding.core.registers.filters import with_next
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.views.steps import ProjectFrame
from partybuilding.spreading.views import SpreadFrame, SpreadStepView, SpreadView, start_page_view

BRIEF = "partybuilding/brands/brief.html"


class BrandFrame(SpreadFrame):
    """A screen of one brand."""

    kind = KIND

    def find(self, user: AnyUser, pk: int) -> Brand:
        """Return the brand with what its screens show."""
        return brand_file(user, pk)


class BrandView(BrandFrame, SpreadView):
    """The file of a brand on one screen."""

    main_template = "partybuilding/brands/main.html"

    def lines(self) -> Iterable[Any]:
        """Name whose brand it is and in which field."""
        return self.record.organization, self.record.get_sector_display()

    def ways(self) -> Iterator[Way]:
        """Lead to the name and projects, and to the page."""
        if user_can_edit_brand(self.record, self.request.user):
            url = reverse("partybuilding:brand_edit", args=[self.record.pk])
            yield Way(_("Change name and projects"), with_next(url, self.back))
        yield from super().ways()

    def holds(self) -> dict[str, Any]:
        """Return the projects, those of them that the user may open, and the page."""
        projects = [origin.project for origin in self.record.origins.all()]
        seen = Project.objects.visible_to(self.request.user).filter(pk__in=[p.pk for p in projects])
        return {
            "projects": projects,
            "seen": set(seen.values_list("pk", flat=True)),
            "page": self.kind.page_of(self.record),
        }


class BrandStepView(BrandFrame, SpreadStepView):
    """The form of one step of a brand."""

    brief_template = BRIEF


class EditBrandView(BrandFrame, PlainForm):
    """The name of a brand and the projects that it grew from."""

    form_class = BrandForm
    brief_template = BRIEF
    page_title = _("Change name and projects")
    submit_label = _("Save")
    done_label = _("The brand was saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form its brand and user."""
        kwargs = super().get_form_kwargs()
        return {**kwargs, "brand": self.record, "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Show the name as it is."""
        return {"name": self.record.name}

    def write(self, form: BrandForm) -> Brand:
        """Save it."""
        name, projects = form.cleaned_data["name"], form.projects()
        return save_brand(self.record, by=self.request.user, name=name, projects=projects)

    def done_url(self, written: Brand) -> str:
        """Go to the file."""
        return KIND.address(written, self.back)


class StartBrandView(ProjectFrame, PlainForm):
    """A new brand that grew from a project."""

    form_class = StartBrandForm
    brief_template = "partybuilding/projects/summary.html"
    page_title = _("Draft a brand")
    submit_label = _("Begin the brand")
    explanation = _("The draft is nominated afterwards; the Organization Department recognises it.")
    done_label = _("The brand was begun.")

    def write(self, form: StartBrandForm) -> Brand:
        """Begin it."""
        return start_brand(self.project, by=self.request.user, name=form.cleaned_data["name"])

    def done_url(self, written: Brand) -> str:
        """Go to the file of the brand."""
        return KIND.address(written)


start_page = start_page_view(BrandView, begin_page)
