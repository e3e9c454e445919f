"""The sentence that a public page opens with: how many promises, how many kept, late, left undone. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.projects.states import Mark

Part = dict[str, Any]


def said(
    counts: Mapping[Mark, int],
    *openings: str,
    tells_lateness: bool = False,
    leads: Mapping[Mark, str] | None = None,
) -> list[Part]:
    """Say in parts how many promises there are and how many stand where; `components/say.html` draws it.

    Args:
        counts: how many promises have which mark.
        openings: the clauses said in place of "n commitments published", e.g. with the number of projects.
        tells_lateness: says in brackets how many of the kept ones were late.
        leads: where a part of the sentence leads, by mark.
    """
    total = sum(counts.values())
    kept, late = counts.get(Mark.DONE, 0) + counts.get(Mark.DONE_LATE, 0), counts.get(Mark.LATE, 0)
    missed, stopped = counts.get(Mark.MISSED, 0), counts.get(Mark.STOPPED, 0)
    ahead = counts.get(Mark.UNDER_WAY, 0) + counts.get(Mark.NOT_STARTED, 0)
    openings = openings or (_("%(count)s commitments published") % {"count": total},)
    clauses: list[tuple[Mark | None, str]] = [(None, words) for words in openings]
    if kept == total:
        clauses.append((Mark.DONE, _("all of them kept")))
    elif kept:
        clauses.append((Mark.DONE, _("%(count)s kept") % {"count": kept}))
    if tells_lateness and counts.get(Mark.DONE_LATE):
        words = _("(%(count)s of them late)") % {"count": counts[Mark.DONE_LATE]}
        clauses[-1] = (Mark.DONE, clauses[-1][1] + words)
    if ahead:
        clauses.append((Mark.UNDER_WAY, _("%(count)s not due yet") % {"count": ahead}))
    if late:
        clauses.append((Mark.LATE, _("%(count)s overdue") % {"count": late}))
    if missed:
        clauses.append((Mark.MISSED, _("%(count)s not kept") % {"count": missed}))
    if stopped:
        clauses.append((Mark.STOPPED, _("%(count)s terminated") % {"count": stopped}))
    return told(clauses, leads)


def told(
    clauses: Sequence[tuple[Mark | None, str]], leads: Mapping[Mark, str] | None = None
) -> list[Part]:
    """Join clauses, each with the mark of what it counts, to a sentence as `components/say.html` draws it."""
    last = len(clauses) - 1
    comma, stop = pgettext("between clauses", ", "), pgettext("end of sentence", ".")
    return [
        {
            "text": words + (stop if at == last else comma),
            "mark": mark.value if mark else "",
            "href": (leads or {}).get(mark, "") if mark else "",
        }
        for at, (mark, words) in enumerate(clauses)
    ]


def summed(counts: Mapping[Mark, int]) -> str:
    """Say in one line what became of the promises of a project; "" when there are none."""
    total, late = sum(counts.values()), counts.get(Mark.DONE_LATE, 0)
    words = {"total": total, "late": late}
    if not total:
        return ""
    if counts.get(Mark.DONE, 0) + late < total:
        return "".join(part["text"] for part in said(counts, _("%(total)s commitments") % words))
    if not late:
        return _("All %(total)s commitments kept in time") % words
    return _("All %(total)s commitments kept, %(late)s of them late") % words


def mark_of_all(counts: Mapping[Mark, int]) -> Mark:
    """Return the mark of several promises at once: the worst that is open or undone, kept when all of them are."""
    for worst in (Mark.MISSED, Mark.LATE):
        if counts.get(worst):
            return worst
    late, total = counts.get(Mark.DONE_LATE, 0), sum(counts.values())
    if not total or counts.get(Mark.DONE, 0) + late < total:
        return Mark.UNDER_WAY
    return Mark.DONE_LATE if late else Mark.DONE
