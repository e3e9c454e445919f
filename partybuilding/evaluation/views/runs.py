"""The screens of a run: what came of it and how, what changes it, what it is compared with, what is handed out."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView, Way
from partybuilding.core.types import AnyUser
from partybuilding.cycles.sheet import in_wan
from partybuilding.evaluation.export import bundle
from partybuilding.evaluation.forms.runs import OverrideForm
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.selectors.comparing import (
    disagreements,
)
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.services import override
from partybuilding.evaluation.shown import rounded, rounded_apart
from partybuilding.evaluation.states import Method, RunState, ScorePart, TieRule
from partybuilding.evaluation.year_rules import METHODS_EXPLAINED

BRIEF = "partybuilding/evaluation/runs/brief.html"


def run_address(run: Run, back: str = "") -> str:
    """Return the address of a run's screen."""
    return reverse("partybuilding:run", args=[run.pk])


class RunFrame(RecordFrame):
    """A screen of one run, for those who may see the evaluation."""

    header_icon = "order"
    register_label = gettext_lazy("Runs of the evaluation")

    def find(self, user: AnyUser, pk: int) -> Run:
        """Return the run with its year."""
        rows = Run.objects.visible_to(user).select_related("cycle__evaluation")
        return rows.prefetch_related("cycle__grades").get(pk=pk)

    def register_address(self) -> str:
        """Return the address of the list of runs."""
        return reverse("party_runs_modeladmin_index")

    def address_of(self, record: Run, back: str = "") -> str:
        """Return the address of a run's own screen."""
        return run_address(record)

    @cached_property
    def reading(self) -> Reading:
        """The run with the names behind it."""
        return Reading(self.record)


def line_cells(reading: Reading) -> list[dict[str, Any]]:
    """Return the lines of a run as the table shows them."""
    parts = [part for part, _weight, _effective in reading.weights]
    composites = rounded_apart(line.composite for line in reading.lines)
    return [
        {
            "line": line,
            "composite": composite,
            "parts": [_cell(line, part) for part in parts],
            "tie": TieRule(line.tie).label if line.tie else "",
            "without": "、".join(grade_name(one) for one in line.without or ()),
        }
        for line, composite in zip(reading.lines, composites, strict=True)
    ]


def _cell(line: Any, part: str) -> dict[str, str]:
    if part not in line.parts:
        return {"counted": "—", "raw": ""}
    counted, raw = rounded(line.parts[part]), rounded(line.raw[part])
    return {"counted": counted, "raw": raw if raw != counted else ""}


def grade_name(grade: Any) -> str:
    """Return the name of a grade, or that there is none."""
    return str(grade) if grade is not None else _("No grade")


class RunView(RunFrame, RecordView):
    """A run on one screen: summary, table, stability, what each part decides."""

    template_name = "partybuilding/evaluation/runs/run.html"
    main_template = "partybuilding/evaluation/runs/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:run_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Say how it was computed."""
        yield Method(self.record.inputs["rules"]["method"]).label

    def ways(self) -> Iterator[Way]:
        """Lead to what looks at the run from another side, and to what is handed out."""
        key = self.record.pk
        if self.record.is_preview and user_judges(self.request.user):
            yield Way(
                _("Depart from the ranking"), reverse("partybuilding:run_override", args=[key])
            )
            again = reverse("partybuilding:evaluation_runs", args=[self.record.cycle.year])
            yield Way(_("Compute anew"), again, "rotate", post=True)
        if self.record.state == RunState.NOTICED and user_judges(self.request.user):
            yield Way(
                _("Enter an objection"),
                reverse("partybuilding:objection_add", args=[key]),
                "comment",
            )
        for name, label, icon in (
            ("run_methods", _("Compare the methods"), "list-ul"),
            ("run_judges", _("How the experts judged"), "group"),
            ("run_changes", _("Compare with another run"), "history"),
            ("run_bundle", _("Download to recompute"), "download"),
        ):
            yield Way(label, reverse(f"partybuilding:{name}", args=[key]), icon)

    def _grades(self) -> Iterator[str]:
        counts = self.reading.counts
        for code, grade in self.reading.grades.items():
            yield f"{grade} {counts[code]}/{grade.quota}"
        if counts[""]:
            yield f"{grade_name(None)} {counts['']}"

    def holds(self) -> dict[str, Any]:
        """Return the table and what is said of it."""
        reading = self.reading
        return {
            "reading": reading,
            "rows": line_cells(reading),
            "heads": [ScorePart(part).label for part, _weight, _effective in reading.weights],
            "weights": [
                (ScorePart(part).label, weight, rounded(effective, 1) if effective else "")
                for part, weight, effective in reading.weights
            ],
            "grades": "，".join(self._grades()),
            "wan": in_wan(self.record.result["yuan"]),
            "yuan": self.record.result["yuan"],
            "whole": len(reading.run.rows),
            "firm": reading.firm,
            "method": METHODS_EXPLAINED[self.record.inputs["rules"]["method"]],
            "apart": [
                (one, rounded(one.lowest, 1), rounded(one.highest, 1))
                for one in disagreements(reading)
            ],
            "overrides": [line for line in reading.lines if line.override],
        }


class RunStepView(RunFrame, StepView):
    """The form of one step of a run."""

    brief_template = BRIEF

    def after_step(self) -> str:
        """Lead back to the run."""
        return run_address(self.record)


class OverrideView(RunFrame, PlainForm):
    """Give projects other grades than their ranks do; what belongs together goes together."""

    form_class = OverrideForm
    brief_template = BRIEF
    page_title = gettext_lazy("Depart from the ranking")
    submit_label = gettext_lazy("Save the changed grades")
    explanation = gettext_lazy(
        "Every grade keeps its places: whoever moves up takes the place of one who moves down. "
        "The reason stays with the run and can be read by those who may see it."
    )
    done_label = gettext_lazy("The grades were changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form the lines and grades."""
        return {**super().get_form_kwargs(), "reading": self.reading}

    def write(self, form: OverrideForm) -> Run:
        """Change them together."""
        given = form.cleaned_data
        return override(self.record, form.changes(), given["reason"], by=self.request.user)

    def done_url(self, written: Run) -> str:
        """Go back to the run."""
        return run_address(written)


@require_GET
def run_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what an objector is given: the run without names, the script, the table with live formulas."""
    run = get_object_or_404(Run.objects.visible_to(request.user).select_related("cycle"), pk=pk)
    response = HttpResponse(bundle(run), content_type="application/zip")
    name = _("Recompute %(run)s.zip") % {"run": run}
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
