"""What residents see of the evaluation: the results of a year, and the form to object to them."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.pages import FRESH_SECONDS, PageMeta, front_page_entry, own_address
from partybuilding.evaluation.models import Draw, Run
from partybuilding.evaluation.selectors.public import (
    PublicResults,
    grades_by_year,
    public_run,
    public_runs,
)
from partybuilding.evaluation.services import object_to
from partybuilding.evaluation.states import RunState
from partybuilding.opinions.forms import GuardedForm
from partybuilding.opinions.guards import Limit, sending
from partybuilding.opinions.views.guarded import GuardedView


def _way_back(*steps: tuple[str, str]) -> list[dict[str, str]]:
    first = {"text": _("Results of the evaluation"), "href": reverse("results")}
    rows = [front_page_entry(), first, *({"text": text, "href": href} for text, href in steps)]
    rows[-1] = {**rows[-1], "href": ""}
    return rows


def _meta(request: HttpRequest, way_back: list[dict[str, str]], description: str) -> PageMeta:
    return PageMeta(
        title=way_back[-1]["text"],
        address=own_address(request.path, request),
        description=description,
        way_back=tuple(way_back),
    )


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, f"partybuilding/evaluation/results/{template}", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


def found_run(year: int) -> Run:
    """Return the public run of a year.

    Raises:
        Http404: there is none.
    """
    try:
        return public_run(year)
    except Run.DoesNotExist:
        raise Http404 from None


def title_of(run: Run) -> str:
    """Return the title of the results of a year."""
    words = {"cycle": run.cycle}
    if run.state == RunState.NOTICED:
        return _("Grades of %(cycle)s for public comment") % words
    return _("Results of %(cycle)s") % words


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the years whose results residents may read."""
    way_back = _way_back()
    runs = list(public_runs())
    grades = grades_by_year(runs)
    entries = [
        {
            "title": title_of(run),
            "href": reverse("results_year", args=[run.cycle.year]),
            "date": timezone.localdate(run.state_since),
            "meta": grades.get(run.cycle_id, ""),
        }
        for run in runs
    ]
    words = _("Grades and awards of every year, by what rules they came about, and how to object.")
    meta = _meta(request, way_back, words)
    context = {"entries": entries, "way_back": way_back, "lead": words, "page_meta": meta}
    return _shown(request, "index.html", {**context, "title": way_back[-1]["text"]})


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """List the draws: what was announced beforehand, and what came of it, so that anybody can check it."""
    title = _("Draws of the evaluation")
    way_back = _way_back((title, ""))
    words = _(
        "A draw is announced by a digest a day before it is held; nobody can change it afterwards."
    )
    meta = _meta(request, way_back, words)
    rows = Draw.objects.select_related("cycle").order_by("-pk")
    context = {
        "draws": rows,
        "title": title,
        "lead": words,
        "way_back": way_back,
        "page_meta": meta,
    }
    return _shown(request, "draws.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the results of a year: grades, awards, rules, what fixes them, how to object."""
    results = PublicResults(found_run(year), request)
    title = title_of(results.run)
    way_back = _way_back((title, ""))
    context = {
        "results": results,
        "run": results.run,
        "title": title,
        "way_back": way_back,
        "page_meta": _meta(request, way_back, results.finding),
    }
    return _shown(request, "year.html", context)


class ObjectForm(GuardedForm):
    """What somebody objects to, signed."""

    project = forms.ChoiceField(label=gettext_lazy("Which project is it about?"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What do you object to, and why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what you object to and why.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name, or that of the organization"),
        max_length=60,
        help_text=gettext_lazy(
            "Only those who examine the objection see name and contact; they are not published."
        ),
        error_messages={"required": gettext_lazy("Give your name, or that of the organization.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("Telephone or address for the answer"),
        max_length=100,
        error_messages={
            "required": gettext_lazy("Give a telephone number or address for the answer.")
        },
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, results: PublicResults, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [
            ("", _("The results as a whole")),
            *((str(one.pk), f"{one.code} {one.title}") for one, _grade, _yuan in results.graded),
        ]


class ObjectView(GuardedView):
    """The form to object to results that are open to comment; afterwards the receipt."""

    form_class = ObjectForm
    template_name = "partybuilding/evaluation/results/object.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the run, which must be open to comment today."""
        super().setup(request, *args, **kwargs)
        self.run = found_run(kwargs["year"])
        last = self.run.notice_ends_on
        if self.run.state != RunState.NOTICED or last is None or timezone.localdate() > last:
            raise Http404
        self.results = PublicResults(self.run, request)

    def limit(self) -> Limit:
        """Return how many objections one address may send."""
        return sending()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form the projects."""
        return {**super().get_form_kwargs(), "results": self.results}

    def accepted(self, form: ObjectForm) -> HttpResponse:
        """Receive it and show the receipt."""
        given = form.cleaned_data
        projects = {str(one.pk): one for one, _grade, _yuan in self.results.graded}
        try:
            objection = object_to(
                self.run,
                name=given["name"],
                contact=given["contact"],
                text=given["text"],
                project=projects.get(given["project"]),
            )
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        self.template_name = "partybuilding/evaluation/results/received.html"
        assert objection.due_on is not None  # it was received: `object_to` sets the day
        words = {"day": date_format(objection.due_on, "DATE_FORMAT")}
        context = self.get_context_data(
            form=None,
            number=objection.number,
            next=[
                _("By %(day)s you get an answer at the telephone number or address you gave.")
                % words,
                _("While an objection has no answer, the results are not announced."),
            ],
            buttons=[
                {
                    "text": _("Back to the results"),
                    "href": reverse("results_year", args=[self.run.cycle.year]),
                }
            ],
        )
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        address = reverse("results_year", args=[self.run.cycle.year])
        way_back = _way_back((title_of(self.run), address), (_("Object to the results"), ""))
        return {
            **super().get_context_data(**kwargs),
            "run": self.run,
            "title": way_back[-1]["text"],
            "way_back": way_back,
            "page_meta": _meta(self.request, way_back, ""),
        }
