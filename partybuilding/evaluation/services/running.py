"""Compute runs, override grades with reasons, and let follow what a frozen or announced run asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding import __version__
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.rules import Sentence
from partybuilding.core.services import move, note
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.arithmetic.canonical import digest, root_of
from partybuilding.evaluation.arithmetic.facts import Incomplete, Inputs, Table
from partybuilding.evaluation.arithmetic.ranking import table_of
from partybuilding.evaluation.arithmetic.severity import NotLinked
from partybuilding.evaluation.arithmetic.stability import firmness_of
from partybuilding.evaluation.arithmetic.written import inputs_written, result_written
from partybuilding.evaluation.faults import faults_in_words, not_linked_in_words
from partybuilding.evaluation.models import Award, EvaluationRules, Run, ScoreSheet
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.selectors.gathering import Names, gathered
from partybuilding.evaluation.states import RunState, SheetState
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project


@dataclass(frozen=True)
class Computed:
    """What a run writes down."""

    given: Inputs
    table: Table
    names: dict[str, str]

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """What it rests on."""
        return inputs_written(self.given)

    @cached_property
    def result(self) -> dict[str, Any]:
        """What comes of it."""
        return result_written(self.given, self.table)

    @cached_property
    def firmness(self) -> dict[str, Any]:
        """By project how firm its grade is; the whole is computed once more without every judge."""
        return {
            project: {
                "without": None if one.without is None else sorted(one.without),
                "higher": None if one.higher is None else str(one.higher),
                "lower": None if one.lower is None else str(one.lower),
            }
            for project, one in firmness_of(self.given, self.table).items()
        }


def compute(cycle: Cycle, *, by: AnyUser) -> Run:
    """Compute a run of the year from what is handed in now; a preview of before gives way to it.

    Raises:
        NotYours: only the department.
        Frozen: the year is not being evaluated, or a run is frozen.
        ConditionUnmet: something is missing or not decided; every sentence names a project.
    """
    if not user_judges(by):
        raise NotYours([_("The evaluation is computed by the Organization Department.")])
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if not EvaluationRules.objects.filter(cycle=locked).exists():
            raise ConditionUnmet([_("Supplement the rules of the evaluation first.")])
        if locked.state != CycleState.EVALUATING:
            raise Frozen([_("The year is not being evaluated.")])
        if locked.runs.frozen().exists():
            raise Frozen([_("A run of this year is frozen; discard it to compute another one.")])
        last = locked.runs.first()
        found = _computed(locked, dict(last.names) if last else {}, ())
        for run in locked.runs.filter(state=RunState.COMPUTED):
            move(run, "set_aside", by=by, reason=_("Computed anew."))
        top = locked.runs.aggregate(top=Max("number"))["top"] or 0
        assert by.is_authenticated
        run = Run.objects.create(
            cycle=locked,
            number=top + 1,
            inputs=found.inputs,
            result=found.result,
            firmness=found.firmness,
            names=found.names,
            program=program(),
            created_by=by,
        )
        note(run, "compute", by=by, data={"digest": run.digest_now()})
    return run


def program() -> str:
    """Return the version of the program that computes."""
    return f"partybuilding {__version__}"


def _computed(cycle: Cycle, known: dict[str, str], overrides: Any) -> Computed:
    names = Names(known)
    inputs, waiting = gathered(cycle, names, overrides)
    titles = _titles(names)
    try:
        if waiting:
            raise Incomplete(waiting)
        table = table_of(inputs)
    except Incomplete as fault:
        raise ConditionUnmet(faults_in_words(fault.faults, titles)) from None
    except NotLinked as fault:
        raise ConditionUnmet(not_linked_in_words(fault.parts, inputs)) from None
    found = Computed(inputs, table, names.known)
    _refuse_beyond_budget(cycle, found.result["yuan"])
    return found


def _titles(names: Names) -> dict[str, str]:
    behind = names.behind("project")
    titles = dict(Project.objects.filter(pk__in=behind.values()).values_list("pk", "title"))
    return {name: titles[key] for name, key in behind.items() if key in titles}


def _refuse_beyond_budget(cycle: Cycle, yuan: int) -> None:
    budget = cycle.evaluation.budget_yuan
    if budget is not None and yuan > budget:
        facts = {"yuan": yuan, "budget": budget}
        raise ConditionUnmet(
            [_("The awards come to %(yuan)s yuan; the budget is %(budget)s yuan.") % facts]
        )


def override(run: Run, changes: Mapping[str, str], reason: str, *, by: AnyUser) -> Run:
    """Give projects of a run in preview other grades than their ranks do, with the reason.

    Args:
        changes: by the random name of a project the code of a grade; "" is no grade. A change back to
            the grade of the rank takes an override away. Changes that belong together go together:
            no grade may take more projects than it has places.

    Raises:
        NotYours: only the department.
        Frozen: the run is frozen, open to comment, announced or discarded.
        ConditionUnmet: no reason, or more projects than places.
    """
    if not user_judges(by):
        raise NotYours([_("The evaluation is computed by the Organization Department.")])
    if not has_words(reason):
        raise ConditionUnmet([_("Give the reason for departing from the ranking.")])
    with transaction.atomic():
        locked = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if not locked.is_preview:
            raise Frozen([_("Grades are overridden while the run is in preview.")])
        ranked = {row["project"]: row["ranked_grade"] for row in locked.rows}
        assert by.is_authenticated
        who = {"reason": reason, "by": by.get_full_name(), "at": timezone.now().isoformat()}
        kept = [one for one in locked.overrides if one["project"] not in changes]
        fresh = [
            {"project": project, "grade": grade, **who}
            for project, grade in changes.items()
            if ranked.get(project) != grade
        ]
        found = _computed(locked.cycle, dict(locked.names), [*kept, *fresh])
        _refuse_changed(locked, found)
        locked.overrides = [*kept, *fresh]
        locked.inputs, locked.result = found.inputs, found.result
        locked.save(update_fields=["overrides", "inputs", "result", "updated_at"])
        note(locked, "override", by=by, data={"overrides": digest(locked.overrides)})
    return locked


def _refuse_changed(run: Run, found: Computed) -> None:
    """Refuse to go on with a run when what it rests on is no longer what it was computed from."""
    if {**found.inputs, "overrides": []} != {**run.inputs, "overrides": []}:
        raise Overtaken([_("What the run rests on has changed since; compute it anew.")])


def follow_a_run(sender: Any, *, record: Run, attempt: Attempt, **_kwargs: Any) -> None:
    """Let follow what a step of a run asks for; a refusal takes the step back.

    Raises:
        Refusal: what the run rests on has changed, or a project cannot be graded.
    """
    if attempt.step == "fix":
        _refuse_changed(record, _computed(record.cycle, dict(record.names), record.overrides))
        seals = list(
            ScoreSheet.objects.filter(cycle=record.cycle, state=SheetState.LOCKED).values_list(
                "seal", flat=True
            )
        )
        record.seals_root, record.seals_count = root_of(seals), len(seals)
        record.save(update_fields=["seals_root", "seals_count"])
    elif attempt.step == "announce":
        _grade_all(record, attempt.by)
        move(Cycle.objects.get(pk=record.cycle_id), "announce", by=attempt.by)


def _grade_all(run: Run, by: AnyUser) -> None:
    """Give every project its grade and every organisation its award, all or none."""
    names = Names(dict(run.names))
    projects, organizations = names.behind("project"), names.behind("organization")
    grades = {grade.code: grade for grade in run.cycle.grades.all()}
    reason = _("By %(run)s.") % {"run": run}
    for row in run.rows:
        project = Project.objects.get(pk=projects[row["project"]])
        move(project, "grade", by=by, reason=reason, data={"grade": row["grade"], "run": run.pk})
        if not row["grade"]:
            continue
        shares = {organizations[name]: yuan for name, yuan in row["shares"].items()}
        # PostgreSQL keeps the keys of JSON in an order of its own: the leading organisation comes first.
        for pk in sorted(shares, key=lambda one: (one != project.organization_id, one)):
            Award.objects.create(
                run=run,
                project=project,
                organization=Organization.objects.get(pk=pk),
                grade=grades[row["grade"]],
                points=row["bonus"],
                yuan=shares[pk],
            )


def what_keeps_from_grading(project: Project) -> Any:
    """Yield why a project cannot be graded by itself: its year is graded by a run, all at once."""
    if not EvaluationRules.objects.filter(cycle=project.cycle_id).exists():
        return
    run = Run.objects.filter(cycle=project.cycle_id, state=RunState.ANNOUNCED).first()
    if run is None:
        yield _("Grades are given to all projects at once, when the run is announced.")
    elif run.names.get(f"project:{project.pk}") not in {row["project"] for row in run.rows}:
        yield _("This project is not in the run that was announced.")


def faults_now(cycle: Cycle) -> list[Sentence]:
    """Return in words what keeps a run of the year from being computed now, for the board of progress."""
    if not EvaluationRules.objects.filter(cycle=cycle).exists():
        return [_("Supplement the rules of the evaluation first.")]
    names = Names()
    inputs, waiting = gathered(cycle, names)
    if not inputs.entries:
        return [_("No project has handed its results in yet.")]
    faults = list(waiting)
    told = {(one.code, one.projects) for one in waiting}
    try:
        table_of(inputs)
    except Incomplete as fault:
        faults += [one for one in fault.faults if (one.code, one.projects) not in told]
    except NotLinked as fault:
        return [
            *faults_in_words(faults, _titles(names)),
            *not_linked_in_words(fault.parts, inputs),
        ]
    return faults_in_words(faults, _titles(names))
