"""A run looked at from other sides: other methods, its judges, another run, one project of it."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from partybuilding.evaluation.arithmetic.agreement import agreement_of
from partybuilding.evaluation.arithmetic.methods import METHODS
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.comparing import changes, comparison, judging_of
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.shown import rounded
from partybuilding.evaluation.states import Method, ScorePart
from partybuilding.evaluation.views.runs import RunFrame
from partybuilding.evaluation.year_rules import METHODS_EXPLAINED


class Aspect(RunFrame, TemplateView):
    """A run looked at from another side."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is looked at."""
        return super().get_context_data(run=self.record, reading=self.reading, **kwargs)


class MethodsView(Aspect):
    """Every project under every method, those first whose grade hangs on the method."""

    template_name = "partybuilding/evaluation/runs/methods.html"
    page_title = gettext_lazy("Compare the methods")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table."""
        rows = comparison(self.reading)
        chosen = self.record.inputs["rules"]["method"]
        differ = sum(row.differs for row in rows)
        return super().get_context_data(
            heads=[(Method(method), method == chosen) for method in METHODS],
            rows=sorted(rows, key=lambda row: (not row.differs, row.line.rank)),
            said=ngettext(
                "The grade of %(count)s project depends on the method.",
                "The grade of %(count)s projects depends on the method.",
                differ,
            )
            % {"count": differ},
            explained=[(Method(method), METHODS_EXPLAINED[method]) for method in METHODS],
            **kwargs,
        )


class JudgesView(Aspect):
    """How every expert judged: for the department alone, to form next year's groups."""

    template_name = "partybuilding/evaluation/runs/judges.html"
    page_title = gettext_lazy("How the experts judged")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table."""
        rows = [
            {
                "judging": one,
                "given": rounded(one.given),
                "lowest": rounded(one.lowest, 1),
                "highest": rounded(one.highest, 1),
                "severity": "—" if one.severity is None else f"{float(one.severity):+.2f}",
                "residual": rounded(one.residual),
            }
            for one in judging_of(self.reading)
        ]
        return super().get_context_data(rows=rows, agreements=self._agreements(), **kwargs)

    def _agreements(self) -> list[dict[str, Any]]:
        """Tell how far the experts agree, in points as given and as corrected for severity."""
        sheets, severity = self.reading.inputs.sheets, self.reading.severity
        given = [(sheet.project, sheet.points) for sheet in sheets]
        corrected = [
            (sheet.project, sheet.points - severity.get(sheet.judge, 0)) for sheet in sheets
        ]
        asked = [(gettext_lazy("Points as given"), given)]
        if severity:
            asked.append((gettext_lazy("Points corrected for severity"), corrected))
        told = [(label, agreement_of(points, self.record.digest)) for label, points in asked]
        return [
            {
                "label": label,
                "alpha": f"{found.alpha:.2f}",
                "lowest": f"{found.lowest:.2f}",
                "highest": f"{found.highest:.2f}",
            }
            for label, found in told
            if found is not None
        ]


class ChangesView(Aspect):
    """What differs between this run and another of the year."""

    template_name = "partybuilding/evaluation/runs/changes.html"
    page_title = gettext_lazy("Compare with another run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other run, the one before when none is asked for, and the differences."""
        others = Run.objects.filter(cycle=self.record.cycle_id).exclude(pk=self.record.pk)
        asked = self.request.GET.get("with", "")
        other = others.filter(pk=asked).first() if asked.isdecimal() else others.first()
        rows = changes(Reading(other), self.reading) if other is not None else []
        return super().get_context_data(others=others, other=other, rows=rows, **kwargs)


class LineView(Aspect):
    """How the result of one project came about, in words and numbers."""

    template_name = "partybuilding/evaluation/runs/line.html"

    def get_page_title(self) -> str:
        """Return the project's title."""
        return str(self.line.project)

    @cached_property
    def line(self) -> Any:
        """The line asked for."""
        line = self.reading.line_of(self.kwargs["name"])
        if line is None:
            raise Http404
        return line

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add every sheet as given and as counted, and the sum of the parts."""
        line, rules = self.line, self.record.inputs["rules"]
        total = sum(rules["weights"][part] for part in line.parts)
        sums = [
            {
                "label": ScorePart(part).label,
                "raw": rounded(line.raw[part]),
                "counted": rounded(value),
                "weight": rules["weights"][part],
                "adds": rounded(value * rules["weights"][part] / total),
            }
            for part, value in line.parts.items()
        ]
        return super().get_context_data(
            line=line,
            sums=sums,
            composite=rounded(line.composite, 4),
            marks=[
                {
                    "mark": mark,
                    "points": rounded(mark.points, 1),
                    "corrected": rounded(mark.corrected),
                }
                for mark in self.reading.marks_of(line.name)
            ],
            peers=[(name, rounded(points, 1)) for name, points in self.reading.peers_of(line.name)],
            daily=line.project.daily_ratings.all(),
            higher=rounded(line.higher, 1) if line.higher is not None else "",
            lower=rounded(line.lower, 1) if line.lower is not None else "",
            method=METHODS_EXPLAINED[rules["method"]],
            **kwargs,
        )
