"""One part of an application as a form; what is valid is saved, what is not comes back with its text."""

from collections.abc import Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any

from django import forms
from django.db import transaction
from django.forms import formset_factory, modelform_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.machine.refusals import Overtaken
from partybuilding.core.machine.wording import bare_label
from partybuilding.core.sheets import Field, LongText, Part
from partybuilding.core.sheets.questions import Question
from partybuilding.core.types import AnyUser
from partybuilding.portal.forms.fields import DayInput, OrderedRows, RowForm, TextKept, digest_of
from partybuilding.projects.models import PlanStep, Project
from partybuilding.projects.permissions import user_can_edit_application
from partybuilding.projects.services import save_application, save_plan
from partybuilding.projects.yearform.asked import forgive_unasked, marked, offered

MAX_STEPS = 30


class TopicSelect(forms.Select):
    """The topics that fit the field; topics.js offers those of another field once it is chosen."""

    sector = ""
    sectors: Mapping[Any, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say of which field a topic is, and hide it while another field is chosen."""
        option = super().create_option(name, value, *args, **kwargs)
        of = self.sectors.get(value, "")
        if of:
            option["attrs"]["data-sector"] = of
        if self.sector and of not in ("", self.sector) and not option["selected"]:
            option["attrs"] |= {"hidden": True, "disabled": True}
        return option


class FieldsForm(TextKept, forms.ModelForm):
    """The written fields of a part; a topic fits the field chosen beside it."""

    fields: dict[str, Any]
    #: The year's own questions of the part, by their keys.
    questions: Mapping[str, Question] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topic" in self.fields:
            self._offer_topics()

    def _offer_topics(self) -> None:
        topics = self.instance.cycle.topics.all()
        self.fields["topic"].queryset = topics
        offered = [(topic.pk, topic.title) for topic in topics]
        self.fields["topic"].choices = [("", _("Please choose")), *offered]
        topic = self.fields["topic"].widget
        topic.sectors = {topic.pk: topic.sector for topic in topics}
        topic.sector = self.data.get("sector", "") if self.is_bound else self.instance.sector
        self.fields["sector"].empty_label = _("Please choose")

    def clean(self) -> dict[str, Any]:
        """Hold the topic to the field: guidance of another field does not fit."""
        said = super().clean() or {}
        topic, sector = said.get("topic"), said.get("sector")
        if topic and sector and topic.sector not in ("", sector):
            self.add_error("topic", _("This topic belongs to another field; choose again."))
        self._forgive_unasked()
        return said

    def _forgive_unasked(self) -> None:
        """Let what is not asked, by what is typed now, stand in nobody's way; what is stored of it stays."""
        typed = copy(self.instance)
        for name, value in self.cleaned_data.items():
            if name not in self.questions:
                setattr(typed, name, value)
        forgive_unasked(self, self.questions, typed.whole_sheet, typed)


@lru_cache(256)
def form_of(part: Part) -> type[forms.ModelForm]:
    """Return the form of a part's written fields, delivered ones and the year's own in their order."""
    questions = {field.key: field for field in part.written if isinstance(field, Question)}
    columns = [field for field in part.written if not field.is_own]
    inputs = {field.column: field.widget() for field in columns} | {"topic": TopicSelect}
    declared = {key: question.input() for key, question in questions.items()}
    longer = {
        field.column: forms.CharField(
            required=False, max_length=field.longest, widget=field.widget()
        )
        for field in columns
        if isinstance(field, LongText) and field.longest
    }
    order = {"field_order": [field.column for field in part.written]}
    base = type("PartForm", (FieldsForm,), {**declared, **order, "questions": questions})
    made = modelform_factory(
        Project,
        form=base,
        fields=[field.column for field in columns],
        labels={field.column: field.label for field in columns},  # type: ignore[misc]
        help_texts={field.column: field.help for field in columns if field.help},  # type: ignore[misc]
        widgets={name: widget for name, widget in inputs.items() if widget},
    )
    for name, field in longer.items():
        delivered = made.base_fields[name]
        field.label, field.help_text = delivered.label, delivered.help_text
        made.base_fields[name] = field
    return made


class StepForm(RowForm, forms.ModelForm):
    """One step of the plan."""

    class Meta:
        model = PlanStep
        fields = ["task", "goal", "deadline", "person", "post"]
        labels = {
            "task": _("What is done"),
            "goal": _("Goal and task of the step"),
            "deadline": _("To be finished by"),
            "person": pgettext_lazy("portal", "Responsible person"),
            "post": _("Post held"),
        }
        widgets = {"goal": forms.Textarea(attrs={"rows": 2}), "deadline": DayInput}


STEP_FIELDS = StepForm.Meta.fields
StepRows: Any = formset_factory(
    StepForm,
    formset=OrderedRows,
    extra=1,
    can_order=True,
    can_delete=True,
    max_num=MAX_STEPS,
    validate_max=True,
)


def fingerprint(project: Project, part: Part) -> str:
    """Return what tells whether a part still reads as somebody saw it."""
    said: list[Any] = [_stored(project, field) for field in part.written]
    if part.holds("plan"):
        said += project.plan_steps.order_by("order", "pk").values_list(*STEP_FIELDS)
    return digest_of(said)


def _stored(project: Project, field: Field) -> Any:
    if field.is_own:
        return field.value(project)
    column: Any = project._meta.get_field(field.column)
    return getattr(project, column.attname)


class ApplicationPart:
    """A part of an application as it is written: a form, and for the plan the rows of its steps.

    `seen` travels with the form and tells what the person saw, so that nobody overwrites what a
    colleague, or the same person on another device, wrote meanwhile.
    """

    def __init__(self, project: Project, part: Part, data: Mapping[str, Any] | None = None):
        self.project, self.part = project, part
        self.seen = (data or {}).get("seen") or fingerprint(project, part)
        form = form_of(part)
        self.questions: Mapping[str, Question] = form.questions  # type: ignore[attr-defined]
        initial = {key: one.initial(one.value(project)) for key, one in self.questions.items()}
        self.form = form(data, instance=project, initial=initial)
        self.formset = self._rows(data) if part.holds("plan") else None

    def marked(self) -> Iterator[dict[str, Any]]:
        """Yield the fields of the form, each with whether it is asked for, and when it is."""
        return marked(self.form, self.part.written, self.project.whole_sheet, self.project)

    @property
    def has_conditions(self) -> bool:
        """Whether anything on the page comes and goes."""
        return any(field.when for field in self.part.written)

    def _rows(self, data: Mapping[str, Any] | None) -> OrderedRows:
        if data is not None:
            return StepRows(data, prefix="steps")
        steps = list(self.project.plan_steps.all())
        initial = [
            {"ORDER": number, **{name: getattr(step, name) for name in STEP_FIELDS}}
            for number, step in enumerate(steps, start=1)
        ]
        rows = StepRows(initial=initial, prefix="steps")
        rows.extra = 1 if steps else 3
        return rows

    def is_valid(self) -> bool:
        """Tell whether everything can be saved; asks both, so that every error shows."""
        answers = [self.form.is_valid(), self.formset is None or self.formset.is_valid()]
        return all(answers)

    def save(self, *, by: AnyUser) -> Project:
        """Save what is valid, also when something else is not.

        Raises:
            Frozen: the application is no longer with its applicant.
            Overtaken: the part was changed after the person saw it.
        """
        whole = self.is_valid()
        with transaction.atomic():
            self._refuse_stale(by)
            saved = save_application(self.project, by=by, **self._said())
            if self.formset is not None and (whole or self.formset.is_valid()):
                save_plan(self.project, self.formset.rows(), by=by)
            self.seen = fingerprint(saved, self.part)
        return saved

    def _said(self) -> dict[str, Any]:
        """Return what is valid: columns, and under `answers` what is said to the year's questions."""
        said = self.form.cleaned_data
        there = offered(self.part.written, self.project.whole_sheet, self.project)
        keys = {field.key for field, _hangs in there}
        answers = {key: said[key] for key in self.questions if key in said and key in keys}
        columns = {name: value for name, value in said.items() if name not in self.questions}
        return {**columns, "answers": answers}

    def _refuse_stale(self, by: AnyUser) -> None:
        fresh = Project.objects.select_for_update(of=("self",)).get(pk=self.project.pk)
        if not user_can_edit_application(fresh, by):
            return  # saving refuses it with the better reason
        if self.seen != fingerprint(fresh, self.part) and not self._says_the_same(fresh):
            raise Overtaken([_("This part was changed after you opened it.")])

    def _says_the_same(self, fresh: Project) -> bool:
        said = self._said()
        answers = said.pop("answers")
        same = all(getattr(fresh, name) == said.get(name) for name in self._columns())
        same = same and all(
            self.questions[key].value(fresh) == self.questions[key].canonical(given)
            for key, given in answers.items()
        )
        if self.formset is None or not same:
            return same
        rows = list(fresh.plan_steps.values(*STEP_FIELDS))
        return self.formset.is_valid() and self.formset.rows() == rows

    def _columns(self) -> list[str]:
        return [name for name in self.form.fields if name not in self.questions]

    def sentences(self) -> list[str]:
        """Return every error in words, for an answer without a page."""
        forms_asked = [self.form, *(self.formset.forms if self.formset else [])]
        said = [
            f"{bare_label(form.fields[name].label)}：{error}" if name in form.fields else str(error)
            for form in forms_asked
            for name, errors in form.errors.items()
            for error in errors
        ]
        return said + [
            str(error) for error in (self.formset.non_form_errors() if self.formset else [])
        ]
