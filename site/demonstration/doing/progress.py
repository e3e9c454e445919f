"""Keep the promises: report with figures and pictures, question and answer, change with reasons."""

import re
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from demonstration.cases import Case, photograph
from demonstration.content import KEEPING, UNFINISHED
from demonstration.content.work_shapes import Change, Question
from demonstration.pictures import scene_of, words
from demonstration.stage import Story, days, last_working_day, later, work_day
from partybuilding.core.services import move
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.services import (
    Evidence,
    answer_question,
    ask_about,
    propose_change,
    report_step,
)
from partybuilding.projects.models import CommitmentStep

#: One case in so many is late with its second step, and one in so many shows a picture of it.
ONE_LATE_IN, ONE_PICTURED_IN = 7, 3
#: Steps that are planned to the very end of the year are reported before the results are due.
LAST_REPORTS = date(2022, 12, 8)
#: What is kept of a step that was done.
KEPT = (
    "名册和照片已归入项目台账。",
    "办理情况已在公开栏张贴。",
    "签字材料一式两份，支部和经办人各存一份。",
    "经支部委员会核对，数据与台账一致。",
    "已请群众代表现场查看并签名。",
)
#: A clause of a goal that names a number: what, how many, of what.
FIGURE = re.compile(r"(?P<name>[^\d]{2,14}?)(?P<value>\d+(?:\.\d+)?)(?P<unit>%|[^\d，；、]{1,3})")
MORE_THAN = ("不少于", "缩短到", "提高到", "达到", "均超", "超过", "不低于", "达", "约")
MOST_FIGURES = 3


def add_to_year(story: Story, cases: list[Case]) -> None:
    """Let the approved of 2022 keep their promises: reports, questions, changes."""
    changes = {(change.key, change.place): change for change in KEEPING.changes}
    questions = {(question.key, question.place): question for question in KEEPING.questions}
    for case in cases:
        for place, step in enumerate(case.text.plan):
            here = (case.text.key, place)
            if here in UNFINISHED:
                continue
            due = case.deadline(step.deadline)
            if change := changes.get(here):
                due = _add_change(story, case, change, due)
            reported = work_day(_reported_on(case, due, place), case.number)
            story.add(reported, partial(report, case, place, pictured=_is_pictured(case, place)))
            if question := questions.get(here):
                _add_question(story, case, question, reported)


def _reported_on(case: Case, deadline: date, place: int) -> date:
    """Return the last working day before a deadline is over; some are late with their second step."""
    if case.number % ONE_LATE_IN == 0 and place == 1:
        return min(days(deadline, 3 + case.number % 11), LAST_REPORTS)
    return last_working_day(min(deadline, LAST_REPORTS))


def _is_pictured(case: Case, place: int) -> bool:
    return place == 1 and case.number % ONE_PICTURED_IN == 0


def report(case: Case, place: int, *, pictured: bool = False, again: str = "") -> None:
    """Report the step of one commitment done, with figures, and with a picture where there is one."""
    step = step_of(case, place)
    goal = step.commitment.goal
    kept = KEPT[(case.number + place) % len(KEPT)]
    pictures: tuple[tuple[Any, str], ...] = ()
    if pictured:
        scene = words(scene_of(case.text.sector, case.number))
        pictures = ((photograph(case.number, case.text.sector), scene),)
    given = Evidence(again or f"{goal}。{kept}", figures_of(goal), pictures)
    report_step(step, by=case.applicant, evidence=given)


def step_of(case: Case, place: int) -> CommitmentStep:
    """Return the first step of a commitment, as it stands now."""
    steps = CommitmentStep.objects.filter(commitment__project=case.project)
    return steps.select_related("commitment__project").order_by("commitment__order")[place]


def figures_of(goal: str) -> tuple[tuple[str, str, str], ...]:
    """Read the figures of a goal: 全年开课不少于60节 gives 全年开课, 60, 节."""
    found = (FIGURE.fullmatch(clause) for clause in re.split("[，、；]", goal))
    rows = []
    for clause in found:
        if clause is None:
            continue
        name = clause["name"]
        for word in MORE_THAN:
            name = name.removesuffix(word)
        if name:
            rows.append((name, clause["value"], clause["unit"].removesuffix("以上")))
    return tuple(rows[:MOST_FIGURES])


def _add_change(story: Story, case: Case, change: Change, due: date) -> date:
    """Let a change be proposed and decided, and return the deadline that holds afterwards."""
    proposed = work_day(case.deadline(change.proposed), case.number)
    story.add(proposed, partial(propose, case, change))
    decided = work_day(case.deadline(change.decided), case.number)
    story.add(decided, partial(decide, case, change))
    takes_effect = not (change.refused or change.withdrawn) and change.part == "deadline"
    return case.deadline(change.new) if takes_effect else due


def propose(case: Case, change: Change) -> None:
    """Propose a change, as its applicant."""
    step = step_of(case, change.place)
    given: dict[str, Any] = {"text": change.new, "post": change.post}
    if change.part == "deadline":
        given = {"day": case.deadline(change.new)}
    target = step if change.part == "title" else step.commitment
    propose_change(target, change.part, by=case.applicant, reason=change.reason, **given)


def decide(case: Case, change: Change) -> None:
    """Decide a change, or let its applicant take it back."""
    found = CommitmentChange.objects.filter(project=case.project, reason=change.reason).get()
    if change.withdrawn:
        move(found, "withdraw", by=case.applicant)
    elif change.refused:
        move(found, "refuse", by=case.officer, reason=change.refused)
    else:
        move(found, "approve", by=case.officer, reason="经研究，同意调整。")


def _add_question(story: Story, case: Case, question: Question, reported: datetime) -> None:
    asked = later(reported, 3, case.number)
    story.add(asked, partial(ask, case, question))
    answered = later(asked, 2, case.number)
    story.add(answered, partial(answer, case, question))
    judged = later(answered, 2, case.number)
    story.add(judged, partial(judge, case, question))
    if question.again:
        again = later(judged, 14, case.number)
        story.add(again, partial(report, case, question.place, again=question.again))


def ask(case: Case, question: Question) -> None:
    """Question a report, as the reviewer of the unit or the task force."""
    by = case.reviewer if question.side == "unit" else case.company.task_force[0]
    ask_about(step_of(case, question.place), by=by, words=question.words)


def answer(case: Case, question: Question) -> None:
    """Answer it, as the applicant, with more evidence where there is any."""
    found = StepQuestion.objects.get(project=case.project, words=question.words)
    answer_question(
        found, by=case.applicant, words=question.answer, evidence=Evidence(question.added)
    )


def judge(case: Case, question: Question) -> None:
    """Accept the report, or take the completion back."""
    found = StepQuestion.objects.get(project=case.project, words=question.words)
    by = case.reviewer if question.side == "unit" else case.company.task_force[0]
    move(found, "uphold" if question.again else "settle", by=by, reason=question.outcome)


def add_to_now(story: Story, case: Case, when: dict[str, datetime]) -> None:
    """Leave a change to decide; the term of the year has not begun, so nothing is reported yet."""
    story.add(when["proposed"], partial(_propose_now, case))


def add_to_last_year(story: Story, own: Case, other: Case, asked: date, answered: date) -> None:
    """Leave an answer to judge, and a question for the organisation of the login "applicant" to answer."""
    story.add(work_day(asked, 1), partial(ask, own, KEEPING.open_now))
    story.add(work_day(asked, 2), partial(ask, other, KEEPING.asked_now))
    story.add(work_day(answered, 2), partial(answer, other, KEEPING.asked_now))


def _propose_now(case: Case) -> None:
    commitment = step_of(case, 2).commitment
    assert commitment.deadline
    day = min(commitment.deadline + timedelta(days=20), case.cycle.ends_on)
    propose_change(commitment, "deadline", by=case.applicant, reason=KEEPING.proposed_now, day=day)
