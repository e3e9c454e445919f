"""The machine of a case study (lifecycle.md, "Brand and case study")."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Due, Role, State, Step, Table, Tone
from partybuilding.projects.states import ProjectState
from partybuilding.spreading.states import DEPARTMENT, back, forward


class CaseState(TextChoices):
    """Where a case study stands."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Awaiting selection")
    SELECTED = "selected", _("Selected")
    PUBLISHED = "published", _("Case published")
    NOT_SELECTED = "not_selected", _("Not selected")
    RETRACTED = "retracted", _("Retracted")


S = CaseState

#: The states of projects from which a case can be written: they are judged.
FINISHED = (ProjectState.GRADED, ProjectState.ARCHIVED)

#: The steps of the status strip.
STRIP = (_("Writing"), _("Selection"), _("Publication"))

STATES = (
    State(
        S.DRAFT.value,
        S.DRAFT.label,
        strip=1,
        holders=(Role.EDITOR,),
        editable_by=Role.EDITOR,
    ),
    State(
        S.SUBMITTED.value,
        S.SUBMITTED.label,
        strip=2,
        holders=(Role.DEPARTMENT,),
        due=Due(days="selection_days"),
        tone=Tone.WAITING,
    ),
    State(
        S.SELECTED.value,
        S.SELECTED.label,
        strip=3,
        holders=(Role.EDITOR, Role.PUBLISHER),
        due=Due(days="case_days"),
        tone=Tone.POSITIVE,
    ),
    State(
        S.PUBLISHED.value,
        S.PUBLISHED.label,
        public=S.PUBLISHED.label,
        strip=3,
        tone=Tone.POSITIVE,
    ),
    State(S.NOT_SELECTED.value, S.NOT_SELECTED.label, tone=Tone.NEGATIVE),
    State(S.RETRACTED.value, S.RETRACTED.label, tone=Tone.WITHDRAWN),
)

STEPS = (
    forward(
        "submit",
        _("Submit for selection"),
        {S.DRAFT: (Role.EDITOR,)},
        S.SUBMITTED,
        _("the project is judged; every part of the page is written, the results with figures"),
    ),
    back("recall", _("Take the case back"), {S.SUBMITTED: (Role.EDITOR,)}, S.DRAFT),
    forward(
        "select",
        _("Select the case"),
        {S.SUBMITTED: DEPARTMENT},
        S.SELECTED,
        _("not of the organizations that carried the project out"),
    ),
    back(
        "send_back",
        _("Return to the editors"),
        {S.SUBMITTED: DEPARTMENT},
        S.DRAFT,
        tone=Tone.WAITING,
    ),
    back(
        "decline",
        _("Do not select"),
        {S.SUBMITTED: DEPARTMENT},
        S.NOT_SELECTED,
        tone=Tone.NEGATIVE,
    ),
    back(
        "take_back",
        _("Take the decision back"),
        {S.SELECTED: DEPARTMENT, S.NOT_SELECTED: DEPARTMENT},
        S.SUBMITTED,
    ),
    Step(
        "publish",
        _("Publish the case"),
        {S.SELECTED: (Role.PUBLISHER,)},
        S.PUBLISHED,
        tone=Tone.POSITIVE,
        needs=_("by the editorial workflow, in the same transaction as the page"),
    ),
    back(
        "retract",
        _("Retract"),
        {S.PUBLISHED: (Role.DEPARTMENT, Role.PUBLISHER)},
        S.RETRACTED,
        _("a reason, which is public; the page goes offline with it"),
        tone=Tone.NEGATIVE,
        public_reason=True,
    ),
    back(
        "reopen",
        _("Reopen"),
        {S.RETRACTED: DEPARTMENT},
        S.SELECTED,
        _("reason given; the page is published anew"),
        tone=Tone.WAITING,
    ),
)

TABLE = Table(STATES, STEPS)
