"""The staff screens of brands: the file, its steps, its name and projects, its page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from partybuilding.brands.desk import register_url
from partybuilding.brands.forms import BrandForm, StartBrandForm
from partybuilding.brands.models import Brand
from partybuilding.brands.permissions import user_can_edit_brand, user_can_write_page
from partybuilding.brands.phrases import PHRASES
from partybuilding.brands.selectors import brand_file
from partybuilding.brands.services import begin_page, save_brand, start_brand
from partybuilding.brands.states import STRIP
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView, Way
from partybuilding.core.registers.ways import with_next
from partybuilding.organizations.selectors import names_of_holders
from partybuilding.projects.models import Project
from partybuilding.projects.views.frame import ProjectFrame

BRIEF = "partybuilding/brands/brief.html"


def brand_address(brand: Brand, back: str = "") -> str:
    """Return the address of a brand's file."""
    return with_next(reverse("partybuilding:brand", args=[brand.pk]), back)


class BrandFrame(RecordFrame):
    """A screen of one brand that the user may see; every other brand does not exist for them."""

    header_icon = "pick"
    register_label = _("Brands")

    def find(self, user: Any, pk: int) -> Brand:
        """Return the brand with what its screens show."""
        return brand_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register of brands."""
        return register_url()

    def address_of(self, record: Brand, back: str = "") -> str:
        """Return the address of the brand's file."""
        return brand_address(record, back)


class BrandView(BrandFrame, RecordView):
    """The file of a brand on one screen."""

    strip = STRIP
    main_template = "partybuilding/brands/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:brand_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Name whose brand it is and in which field."""
        return self.record.organization, self.record.get_sector_display()

    def people(self) -> str:
        """Name the unit's reviewers while it is with them."""
        return names_of_holders(self.record)

    def ways(self) -> Iterator[Way]:
        """Lead to the name and projects, and to the page."""
        brand, user = self.record, self.request.user
        page = getattr(brand, "page", None)
        if user_can_edit_brand(brand, user):
            url = with_next(reverse("partybuilding:brand_edit", args=[brand.pk]), self.back)
            yield Way(_("Change name and projects"), url)
        if not user_can_write_page(user):
            return
        if page is not None:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield Way(_("Edit the public page"), url, "doc-full")
        elif brand.state_row.strip:
            url = reverse("partybuilding:brand_page", args=[brand.pk])
            yield Way(_("Write the public page"), url, "doc-empty-inverse", post=True)

    def holds(self) -> dict[str, Any]:
        """Return the projects, those of them that the user may open, and the page."""
        projects = [origin.project for origin in self.record.origins.all()]
        seen = Project.objects.visible_to(self.request.user).filter(pk__in=[p.pk for p in projects])
        return {
            "projects": projects,
            "seen": set(seen.values_list("pk", flat=True)),
            "page": getattr(self.record, "page", None),
        }


class BrandStepView(BrandFrame, StepView):
    """The form of one step of a brand."""

    brief_template = BRIEF
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead back to the file."""
        return brand_address(self.record)

    def following(self, moved: Brand) -> Brand | None:
        """Return the most urgent of the other brands that wait."""
        user = self.request.user
        waiting = Brand.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()


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
        return brand_address(written, self.back)


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
        return brand_address(written)


@require_POST
def start_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft page of a brand and open it."""
    frame = BrandView()
    frame.setup(request, pk=pk)
    try:
        page = begin_page(frame.record, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(brand_address(frame.record))
    return redirect("wagtailadmin_pages:edit", page.pk)
