"""The evaluation of a year: draws, score sheets, runs, grades, awards, and what it came to."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.machine.registry import Machine
from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation import messages
from partybuilding.evaluation.admin import AwardAdmin, ObjectionAdmin, PointsAdmin, RunAdmin
from partybuilding.evaluation.deadlines import sheet_deadlines
from partybuilding.evaluation.desk import evaluation_lines
from partybuilding.evaluation.grades import SECTION
from partybuilding.evaluation.models import Award, Draw, Objection, Run, ScoreSheet
from partybuilding.evaluation.notices import fillers, notices_of_draw, notices_of_sheet
from partybuilding.evaluation.permissions import user_can_see_evaluation, user_gives_ratings
from partybuilding.evaluation.selectors.scans import user_can_open_scan
from partybuilding.evaluation.services.draws import follow_a_draw, is_begun, write_on
from partybuilding.evaluation.services.objecting import follow_an_objection
from partybuilding.evaluation.services.running import follow_a_run, what_keeps_from_grading
from partybuilding.evaluation.services.year import freeze_with_the_year, what_keeps_from_announcing
from partybuilding.evaluation.states import AWARDS, DRAWS, OBJECTIONS, RUNS, SHEETS
from partybuilding.evaluation.texts import TEXTS
from partybuilding.evaluation.views.rules import ways_of_cycle
from partybuilding.projects.yearform.services import Besides

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
            "score_sheet",
            ScoreSheet,
            SHEETS,
            notices_of_sheet,
            "partybuilding:score_sheet",
            is_private=True,
        ),
        Machine("draw", Draw, DRAWS, notices_of_draw, "partybuilding:draw", is_private=True),
        Machine("run", Run, RUNS, screen="partybuilding:run"),
        Machine("objection", Objection, OBJECTIONS, screen="partybuilding:objection"),
        Machine("award", Award, AWARDS, screen="partybuilding:award"),
    ),
    listeners=(
        Listener(step_taken, freeze_with_the_year, Cycle),
        Listener(step_taken, follow_a_draw, Draw),
        Listener(step_taken, follow_a_run, Run),
        Listener(step_taken, follow_an_objection, Objection),
    ),
    file_scopes={ScoreSheet: user_can_open_scan},
    besides=(Besides(messages.SUPPLEMENTED, fillers, write_on, is_begun),),
    desk=(evaluation_lines,),
    cycle_actions=(ways_of_cycle,),
    deadlines=(sheet_deadlines,),
    before_grading=(what_keeps_from_grading,),
    before_announcing=(what_keeps_from_announcing,),
    page_sections=(SECTION,),
    texts=(*TEXTS, *messages.TEXTS),
    menu={"judging": (OVERVIEW, DAILY, RunAdmin, ObjectionAdmin, PointsAdmin, AwardAdmin)},
    addresses={
        "evaluation/": "partybuilding.evaluation.urls",
        "results/": "partybuilding.evaluation.urls_results",
        "papers/": "partybuilding.evaluation.urls_papers",
    },
    public_addresses={"results/": "partybuilding.evaluation.urls_public"},
)
