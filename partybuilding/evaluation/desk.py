"""The lines of judging on the first screen: what waits for the department by state, ratings to give."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.desk.figures import by_state
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.desk.showing import part_of
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import Award, Objection, Run
from partybuilding.evaluation.permissions import user_gives_ratings, user_judges
from partybuilding.evaluation.selectors.daily import TO_GIVE, ratings_to_give
from partybuilding.evaluation.selectors.standing import draws_waiting, recusals_waiting
from partybuilding.evaluation.states import AWARDS, OBJECTIONS, RUNS

#: What has a register: the model, its machine, what they are called, and the name of the register.
RECORDS = (
    (Run, RUNS, gettext_lazy("Runs of the evaluation"), "runs"),
    (Objection, OBJECTIONS, gettext_lazy("Objections to results"), "objections"),
    (Award, AWARDS, gettext_lazy("Ledger of awards"), "awards"),
)


def evaluation_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return what of judging waits for a user."""
    if user_judges(user):
        for year, count in recusals_waiting():
            url = f"{reverse('partybuilding:progress', args=[year])}#recusals"
            label = _("Recusals to decide, %(year)s") % {"year": year}
            yield DeskLine(label, count, 0, url)
        for draw in draws_waiting(user):
            facts = {"kind": draw.get_kind_display(), "state": draw.state_row.label}
            label = _("Draw of %(kind)s: %(state)s") % facts
            yield DeskLine(label, 1, 0, reverse("partybuilding:draw", args=[draw.pk]))
        yield from _records(user)
    if user_gives_ratings(user):
        url = part_of(reverse("partybuilding:daily_ratings"), TO_GIVE)
        yield DeskLine(_("Projects to rate by day-to-day knowledge"), ratings_to_give(user), 0, url)


def _records(user: AnyUser) -> Iterator[DeskLine]:
    """Return the runs, objections and awards that wait for a user, by state."""
    for model, table, words, register in RECORDS:
        for row in by_state(model.objects.waiting_for(user), timezone.localdate()):
            state = table.state(row["state"])
            query = urlencode({"desk": "mine", "state": state.code})
            url = f"{reverse(f'party_{register}_modeladmin_index')}?{query}"
            label = _("%(records)s: %(state)s") % {"records": words, "state": state.label}
            yield DeskLine(label, row["n"], row["late"], url, state.tone)
