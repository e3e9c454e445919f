"""Score sheets in words: lines of a list, what is stored, what may be looked at beside; nobody else's scores."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.machine.offers import may_take
from partybuilding.core.machine.wording import day_words
from partybuilding.core.selectors import trail_of
from partybuilding.core.sheets.questions import Question
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.states import SheetState
from partybuilding.opinions.page_parts import replies_of
from partybuilding.opinions.replies import reply_of
from partybuilding.portal.presenters.content import (
    answers,
    answers_told,
    application_files_of,
    plan_rows,
)
from partybuilding.portal.presenters.wording import days_left
from partybuilding.progress.parts import fetch_reports, progress_part, promise_card
from partybuilding.projects.page.parts import Part, Reading, results_part
from partybuilding.projects.promises.cards import summary_words
from partybuilding.projects.states import RESULTS_IN
from partybuilding.supervision.public_part import supervision_part

#: Steps of the department that bring a sheet back to whose it is; the reason is shown above it.
BACK = ("reopen", "refuse_recusal", "restore")


def plain(points: Decimal | str) -> str:
    """Write points without zeros that say nothing: 27, 27.5."""
    return f"{Decimal(points).normalize():f}"


def stored(sheet: ScoreSheet) -> dict[str, Any]:
    """Return what is stored of a sheet, all as text, as forms and devices hold it."""
    return {
        "points": {one.code: sheet.points.get(one.code, "") for one in sheet.criteria},
        "answers": {key: _held(one, sheet) for key, one in sheet.whole_form.questions.items()},
        "note": sheet.note,
        "place": str(sheet.place or ""),
    }


def _held(question: Question, sheet: ScoreSheet) -> list[str]:
    """Return an answer as the controls of a form hold it: codes, or what is typed."""
    said = question.initial(question.value(sheet))
    return [
        str(one) for one in (said if isinstance(said, list) else [said]) if one not in ("", None)
    ]


def answer(sheet: ScoreSheet) -> dict[str, Any]:
    """Return what a device is told: what is stored, its digest, and which version it is."""
    kept = stored(sheet)
    return {
        "stored": kept,
        "digest": digest(kept),
        "revision": sheet.revision,
        "key": sheet.last_key,
        "message": saved_words(sheet),
    }


def saved_words(sheet: ScoreSheet) -> str:
    """Say in a sentence what is stored, criterion by criterion, with the sum."""
    words = _("%(name)s %(points)s points")
    given = ((one.name, sheet.points_of(one)) for one in sheet.criteria)
    parts = [words % {"name": name, "points": plain(n)} for name, n in given if n is not None]
    if not parts:
        return _("Saved. No points given yet.")
    total = _("total %(points)s points") % {"points": plain(sheet.sum())}
    return _("Saved: %(parts)s.") % {"parts": "；".join([*parts, total])}


def line_of(sheet: ScoreSheet) -> dict[str, Any]:
    """Return one sheet as a line of a list."""
    is_open = sheet.state == SheetState.OPEN
    return {
        "pk": sheet.pk,
        "title": str(sheet.project),
        "href": reverse("portal:sheet", args=[sheet.pk]),
        "state": sheet.state_row.label,
        "tone": sheet.state_row.tone,
        "kind": "" if sheet.is_of_peer else sheet.get_kind_display(),
        "organization": sheet.project.organization.name,
        "due": day_words(sheet.due_on) if is_open and sheet.due_on else "",
        "due_note": days_left(sheet.due_on) if is_open and sheet.due_on else "",
        "total": plain(sheet.total) if sheet.total is not None else "",
        "place": sheet.place,
        "is_open": is_open,
    }


def recusal_href(sheet: ScoreSheet, user: AnyUser) -> str:
    """Return where one asks to be recused from a sheet; empty when one cannot."""
    return (
        reverse("portal:recusal", args=[sheet.pk]) if may_take(sheet, user, "ask_recusal") else ""
    )


def points_rows(sheet: ScoreSheet) -> list[dict[str, Any]]:
    """Return what is stored as rows of partybuilding/components/summary_list.html."""
    rows: list[dict[str, Any]] = [
        {"label": one.name, "value": _points_words(sheet.points_of(one), one.points)}
        for one in sheet.criteria
    ]
    rows.append({"label": _("Total"), "value": _points_words(sheet.sum(), 100)})
    if sheet.is_of_peer:
        place = _("Place %(place)s") % {"place": sheet.place} if sheet.place else ""
        rows.append({"label": _("Place among the projects reviewed"), "value": place})
    none = pgettext("portal", "None")
    for one in sheet.form.questions.values():
        words = one.words(sheet) or ("" if one.required else none)
        rows.append({"label": one.label, "value": words})
    rows.append(
        {
            "label": pgettext("score sheet", "Remarks"),
            "value": sheet.note or none,
        }
    )
    return [{**row, "missing": not row["value"]} for row in rows]


def _points_words(points: Decimal | None, most: int) -> str:
    if points is None:
        return ""
    return _("%(points)s of %(most)s points") % {"points": plain(points), "most": most}


def returned_words(sheet: ScoreSheet) -> dict[str, str]:
    """Return why the department gave an open sheet back, and what was decided; empty when it did not."""
    if sheet.state != SheetState.OPEN:
        return {}
    entry = trail_of(sheet).filter(step__in=BACK).order_by("-sequence").first()
    if entry is None:
        return {}
    titles = {
        "reopen": _("The Organization Department opened this sheet again"),
        "refuse_recusal": _("The recusal was not granted; please score the project"),
        "restore": _("The Organization Department asks for this sheet after all"),
    }
    return {"title": titles[entry.step], "reason": entry.reason}


def beside(sheet: ScoreSheet, request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield what may be looked at beside a sheet: a heading, a template, and what it needs.

    Peers see what is public of a project and its plan; experts the whole application with its files, and
    what the year asks of the results.
    """
    project = sheet.project
    reading = Reading(page=None, project=project, request=request)
    if sheet.is_of_peer:
        yield {
            "code": "plan",
            "heading": _("Plan of the project"),
            "part": {"plan": plan_rows(project)},
        }
    else:
        part: Part = {
            "rows": answers(project, change=False),
            "plan": plan_rows(project),
            "files": list(_files(sheet)),
        }
        yield {"code": "application", "heading": _("Application and plan"), "part": part}
    yield from _kept(reading)
    rows = answers_told(project.results, project) if project.state in RESULTS_IN else []
    if rows and not sheet.is_of_peer:
        yield {"code": "report", "heading": _("Report of the results"), "part": {"rows": rows}}
    if part := supervision_part(reading):
        yield {"code": "supervision", "heading": _("Supervision and rectification"), "part": part}
    if replies := replies_of(project):
        part = {"replies": [reply_of(one, request) for one in _with_what_it_is_about(replies)]}
        yield {"code": "opinions", "heading": _("Opinions of residents"), "part": part}


def _kept(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield what was promised and what became of it, the evidence, and what the year has brought."""
    found = reading.commitments
    if found:
        fetch_reports(found)
        cards = [promise_card(one, at, reading) for at, one in enumerate(found, start=1)]
        part: Part = {"cards": cards, "summary": summary_words(found, reading.today)}
        yield {
            "code": "commitments",
            "heading": _("Commitments and what became of them"),
            "part": part,
        }
        if part := progress_part(reading):
            yield {"code": "evidence", "heading": _("Evidence and pictures"), "part": part}
    if part := results_part(reading):
        yield {"code": "results", "heading": pgettext("section", "Results"), "part": part}


def _with_what_it_is_about(replies: list[Any]) -> Iterable[Any]:
    prefetch_related_objects(replies, "unit", "commitment")
    return replies


def _files(sheet: ScoreSheet) -> Iterator[dict[str, Any]]:
    for file in application_files_of(sheet.project):
        href = reverse("portal:sheet_file", args=[sheet.pk, file.pk])
        yield {"name": file.name, "href": href, "kind": file.kind.upper(), "size": file.size}


def neighbours(sheet: ScoreSheet, own: Iterable[ScoreSheet]) -> dict[str, str]:
    """Return the ways to the sheet before and the one after, in the order of the list."""
    pks = [one.pk for one in own]
    if sheet.pk not in pks:
        return {}
    at = pks.index(sheet.pk)
    around = {"before": pks[at - 1 : at] if at else [], "after": pks[at + 1 : at + 2]}
    return {
        name: reverse("portal:sheet", args=[pk]) for name, found in around.items() for pk in found
    }
