"""The evaluation of a year: draws, score sheets, runs, grades, awards, and what it came to."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.desk import evaluation_lines
from partybuilding.evaluation.grades import SECTION
from partybuilding.evaluation.models import Award, Draw, Objection, Run, ScoreSheet
from partybuilding.evaluation.permissions import user_can_see_evaluation, user_gives_ratings
from partybuilding.evaluation.services.draws import follow_a_draw
from partybuilding.evaluation.services.objecting import follow_an_objection
from partybuilding.evaluation.services.running import follow_a_run, what_keeps_from_grading
from partybuilding.evaluation.services.year import (
    freeze_with_the_year,
    refuse_announcing_without_a_run,
)
from partybuilding.evaluation.states import AWARDS, DRAWS, OBJECTIONS, RUNS, SHEETS
from partybuilding.evaluation.views.rules import ways_of_cycle

OVERVIEW = StaffMenuItem(
    _("Evaluation of the year"),
    reverse_lazy("partybuilding:evaluation"),
    name="evaluation",
    icon_name="list-ol",
    order=10,
    may=user_can_see_evaluation,
)
DAILY = StaffMenuItem(
    _("Day-to-day knowledge"),
    reverse_lazy("partybuilding:daily_ratings"),
    name="daily_ratings",
    icon_name="form",
    order=20,
    may=user_gives_ratings,
)

ROOM = Room(
    machines=(
        Machine(
            "score_sheet", ScoreSheet, SHEETS, screen="partybuilding:score_sheet", is_private=True
        ),
        Machine("draw", Draw, DRAWS, screen="partybuilding:draw", is_private=True),
        Machine("run", Run, RUNS),
        Machine("objection", Objection, OBJECTIONS),
        Machine("award", Award, AWARDS),
    ),
    listeners=(
        Listener(step_taken, freeze_with_the_year, Cycle),
        Listener(step_taken, refuse_announcing_without_a_run, Cycle),
        Listener(step_taken, follow_a_draw, Draw),
        Listener(step_taken, follow_a_run, Run),
        Listener(step_taken, follow_an_objection, Objection),
    ),
    desk=(evaluation_lines,),
    cycle_actions=(ways_of_cycle,),
    before_grading=(what_keeps_from_grading,),
    page_sections=(SECTION,),
    menu={"judging": (OVERVIEW, DAILY)},
    addresses={"evaluation/": "partybuilding.evaluation.urls"},
)
