"""The lines of judging on the first screen: recusals and draws of the department, ratings to give."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.permissions import user_gives_ratings, user_judges
from partybuilding.evaluation.selectors.daily import ratings_to_give
from partybuilding.evaluation.selectors.standing import draws_waiting, recusals_waiting


def evaluation_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return what of judging waits for a user."""
    if user_judges(user):
        overview = reverse("partybuilding:evaluation")
        yield DeskLine(_("Recusals to decide"), recusals_waiting(), 0, overview)
        yield DeskLine(_("Draws to hold or to put into force"), draws_waiting(user), 0, overview)
    if user_gives_ratings(user):
        url = reverse("partybuilding:daily_ratings")
        yield DeskLine(_("Projects to rate by day-to-day knowledge"), ratings_to_give(user), 0, url)
