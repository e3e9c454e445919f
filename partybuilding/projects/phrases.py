"""Standard phrases that reviewers insert and then finish in their own words."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text

GROUNDS_IN_WORDS = (
    _("The content overlaps with everyday work."),
    _("The expected highlights cannot be copied and spread."),
    _("The plan lacks concrete measures and figures."),
)
PHRASES: dict[str, tuple[Text, ...]] = {
    "pass_first": (
        _("The problem is real and the project fits the guidance; recommended."),
        _("The plan is concrete and the responsibilities are clear; recommended."),
        _("A small entry point, easy to do and able to spread; recommended."),
    ),
    "send_back": (
        _("Please say more precisely which problem the project tackles."),
        _("Please name goal, deadline and responsible person of each step of the plan."),
        _("Please say how the project differs from everyday work."),
        _("Please add material that shows the present state."),
    ),
    "approve": (
        _("Distinctive, with a feasible plan; approved."),
        _("Approved; please finish the plan by the points of the pre-assessment."),
    ),
    "not_recommend": GROUNDS_IN_WORDS,
    "decline": GROUNDS_IN_WORDS,
    "return_commitments": (
        _("Please make the goal of each commitment measurable."),
        _("Please give the post of each responsible person."),
    ),
    "return_results": (
        _("Please add evidence for the commitments that were closed."),
        _("Please support the summary with figures."),
    ),
    "terminate": (_("The conditions for carrying on no longer exist."),),
    "reopen": (_("New material was found on review; the decision is taken up again."),),
}
