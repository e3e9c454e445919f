"""What came of the promises, as a form: a summary, and why each commitment that is not kept is not."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.machine.refusals import Overtaken
from partybuilding.core.machine.wording import bare_label
from partybuilding.core.rules import Verdict, verdict
from partybuilding.core.sheets import Part
from partybuilding.core.types import AnyUser
from partybuilding.portal.forms.fields import TextKept, digest_of
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.rules import accounted_for, summed_up
from partybuilding.projects.services import save_results
from partybuilding.projects.yearform.asked import forgive_unasked, marked, offered
from partybuilding.projects.yearform.compose import RESULTS

PREFIX = "explanation"
SUMMARY = "summary"


class ResultsForm(TextKept, forms.Form):
    """The summary; one field more for each commitment that is not kept yet, and for each question of the year."""

    summary = forms.CharField(
        label=pgettext_lazy("portal", "Summary of the results"),
        required=False,
        max_length=3000,
        help_text=gettext_lazy(
            "Say what was done, what it changed and who has gained by it, with figures that can be checked. "
            "Residents read it once it is submitted."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(
        self, *args: Any, unkept: Mapping[str, int], project: Project, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.project, self.questions = project, project.year_sheet.of(RESULTS).questions
        for key, question in self.questions.items():
            self.fields[key] = question.input()
            self.fields[key].widget.attrs.pop("maxlength", None)
        for name, number in unkept.items():
            self.fields[name] = forms.CharField(
                label=_("Commitment %(number)s: why it is not finished") % {"number": number},
                required=False,
                max_length=1000,
                help_text=_("Residents read it with the commitment once it is submitted."),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        """Let what is not asked stand in nobody's way."""
        forgive_unasked(self, self.questions, self.project.year_sheet, self.project)
        return self.cleaned_data


def field_name(commitment: Commitment) -> str:
    """Return the name of the field in which a commitment is explained."""
    return f"{PREFIX}-{commitment.pk}"


class ResultsPart:
    """The results as they are written; `seen` tells what the person saw of them.

    Args:
        commitments: all of the project's, in their order, with their steps.
    """

    def __init__(
        self,
        project: Project,
        commitments: list[Commitment],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.project, self.commitments = project, commitments
        self.questions = project.year_sheet.of(RESULTS).questions
        self.seen = (data or {}).get("seen") or self.fingerprint()
        numbers = {item: at for at, item in enumerate(commitments, start=1)}
        unkept = {field_name(item): at for item, at in numbers.items() if not item.promise.is_kept}
        initial = {field_name(item): item.explanation for item in commitments}
        initial[SUMMARY] = project.results_summary
        initial |= {key: one.initial(one.value(project)) for key, one in self.questions.items()}
        self.form = ResultsForm(data, initial=initial, unkept=unkept, project=project)

    def fingerprint(self) -> str:
        """Return what tells whether the results still read as somebody saw them."""
        told = [self.project.results_summary, *(item.explanation for item in self.commitments)]
        return digest_of([*told, *(one.value(self.project) for one in self.questions.values())])

    def marked(self) -> Iterator[dict[str, Any]]:
        """Yield the fields of the year's questions, each with whether and when it is asked for."""
        sheet = self.project.year_sheet
        return marked(self.form, self.questions.values(), sheet, self.project)

    @property
    def heading(self) -> Part | None:
        """The part of the form that the questions stand in; None where the year asks nothing."""
        return self.project.year_sheet.part(RESULTS)

    @property
    def has_conditions(self) -> bool:
        """Whether anything on the page comes and goes."""
        return any(question.when for question in self.questions.values())

    def is_valid(self) -> bool:
        """Tell whether everything can be saved."""
        return self.form.is_valid()

    def field_of(self, commitment: Commitment) -> Any:
        """Return the field in which a commitment is explained; None for one that is kept."""
        name = field_name(commitment)
        return self.form[name] if name in self.form.fields else None

    def save(self, *, by: AnyUser) -> Project:
        """Save what is valid, also when something else is not.

        Raises:
            Frozen: the project is not being implemented, or not by the user's organisation.
            Overtaken: the results were changed after the person saw them.
        """
        self.form.is_valid()
        said = self.form.cleaned_data
        told = {
            item.pk: said[field_name(item)] for item in self.commitments if field_name(item) in said
        }
        with transaction.atomic():
            self._refuse_stale(said)
            summary = said.get(SUMMARY, self.project.results_summary)
            answers = self._answers(said)
            saved = save_results(
                self.project, by=by, summary=summary, explanations=told, answers=answers
            )
            self._take_over(saved, told)
        return saved

    def _answers(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is said to the questions that stand on the page."""
        there = offered(self.questions.values(), self.project.year_sheet, self.project)
        asked = {field.key for field, _hangs in there} & said.keys()
        return {key: said[key] for key in asked}

    def _refuse_stale(self, said: Mapping[str, Any]) -> None:
        """Compare with what is stored now; the same words typed twice are no conflict."""
        fresh = Project.objects.select_for_update(of=("self",)).get(pk=self.project.pk)
        stored = dict(fresh.commitments.values_list("pk", "explanation"))
        self.project.results_summary, self.project.answers = fresh.results_summary, fresh.answers
        for item in self.commitments:
            item.explanation = stored.get(item.pk, item.explanation)
        now = {field_name(item): item.explanation for item in self.commitments}
        now[SUMMARY] = fresh.results_summary
        changed = any(words != now[name] for name, words in said.items() if name in now)
        changed |= any(
            self.questions[key].value(fresh) != self.questions[key].canonical(given)
            for key, given in self._answers(said).items()
        )
        if changed and self.seen != self.fingerprint():
            raise Overtaken([_("The results were changed after you opened them.")])

    def _take_over(self, saved: Project, told: Mapping[int, str]) -> None:
        self.project.results_summary, self.project.answers = saved.results_summary, saved.answers
        for item in self.commitments:
            item.explanation = told.get(item.pk, item.explanation)
        self.seen = self.fingerprint()

    def is_complete(self) -> bool:
        """Tell whether it can be handed in; what is lacking is told beside its field."""
        for number, item in enumerate(self.commitments, start=1):
            self._tell(field_name(item), accounted_for(item, number))
        self._tell(SUMMARY, summed_up(self.project))
        for field in self.project.results.fields:
            self._tell(field.key, verdict(field.missing(self.project)))
        return not self.form.errors

    def _tell(self, name: str, verdict: Verdict) -> None:
        for sentence in verdict.reasons:
            self.form.add_error(name if name in self.form.fields else None, str(sentence))

    def sentences(self) -> list[str]:
        """Return every error in words, for an answer without a page."""
        return [
            f"{bare_label(self.form.fields[name].label)}：{error}"
            for name, errors in self.form.errors.items()
            for error in errors
        ]
