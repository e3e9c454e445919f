"""Map a decision session to its papers: the list of what was settled, and all its letters in one file."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from partybuilding.core.files.uploads import Kind
from partybuilding.core.files.uploads.names import display_name
from partybuilding.core.models import TransitionRecord
from partybuilding.core.papers.decision_list import (
    DecisionList,
    SettledPart,
    SettledRow,
    decision_list_docx,
)
from partybuilding.core.papers.typesetting import listing_of, missing_characters
from partybuilding.projects.documents import LETTER_EDITIONS, paper_response, result_letter
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.states import Decision

Letter = tuple[Project, TransitionRecord]
HEADINGS = {
    Decision.APPROVE: "同意立项",
    Decision.DECLINE: "不予立项",
    Decision.SEND_BACK: "退回修改",
    Decision.DEFER: "暂缓",
    "": "未议",
}
#: What did not take effect is listed on its own, with the reason.
NOT_EFFECTIVE = "未生效"


def decision_list_response(session: DecisionSession, items: Iterable[SessionItem]) -> HttpResponse:
    """Return the list of what was settled as a Word file; `items` as `agenda` gives them."""
    content = decision_list_docx(decision_list(session, list(items)))
    return paper_response(content, f"{session.title}议定清单", Kind.DOCX.value)


def decision_list(session: DecisionSession, items: list[SessionItem]) -> DecisionList:
    """Arrange the items by decision."""
    effective = [item for item in items if not item.refusal]
    parts = [
        SettledPart(
            heading=heading,
            rows=tuple(_row(item) for item in effective if item.decision == code),
        )
        for code, heading in HEADINGS.items()
    ]
    refused = tuple(_row(item) for item in items if item.refusal)
    parts.append(SettledPart(heading=NOT_EFFECTIVE, rows=refused))
    counts = "，".join(f"{part.heading}{len(part.rows)}项" for part in parts if part.rows)
    return DecisionList(
        title=session.title,
        summary=f"共{len(items)}项：{counts}",
        held_on=timezone.localdate(session.closed_at or session.opened_at),
        parts=tuple(parts),
        draft=session.is_open,
    )


def _row(item: SessionItem) -> SettledRow:
    project: Any = item.project
    told = project.told
    return SettledRow(
        code=project.code or "",
        title=str(project),
        organization=told.organization,
        unit=told.unit,
        sector=told.sector,
        points="" if project.total_points is None else f"{project.total_points:f}",
        opinion=_opinion(item),
    )


def _opinion(item: SessionItem) -> str:
    said = ["、".join(item.ground_labels), item.reason]
    if item.quota_reason:
        said.append(f"超额立项理由：{item.quota_reason}")
    if item.refusal:
        said.insert(0, f"{HEADINGS[item.decision]}未生效：{item.refusal}")
    return "；".join(part.rstrip("。；") for part in said if part)


def letters_response(
    session: DecisionSession, letters: list[Letter], edition: str
) -> StreamingHttpResponse:
    """Return all letters of a session as one ZIP file that is sent while it is written."""
    response = StreamingHttpResponse(
        zipped(letter_files(letters, edition)), content_type="application/zip"
    )
    name = display_name(f"{session.title}结果通知书.zip", "zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def letter_files(letters: Iterable[Letter], edition: str) -> Iterator[tuple[str, bytes]]:
    """Make one letter after the other; those with characters that no font has come as Word files too."""
    rare = []
    for project, entry in letters:
        letter = result_letter(project, entry)
        editions = [edition]
        if edition == Kind.PDF and (missing := missing_characters(asdict(letter))):
            rare.append(f"{project.code} {project}：{listing_of(missing)}")
            editions.append(Kind.DOCX.value)
        for made in editions:
            name = letter_name(project, made, approved=letter.approved)
            yield name, LETTER_EDITIONS[made](letter)
    if rare:
        lines = ["下列通知书含字库没有的字，PDF中印作“〓”，另附Word文件：", *rare]
        yield "说明.txt", "\r\n".join(lines).encode("utf-8-sig")


def letter_name(project: Project, edition: str, *, approved: bool) -> str:
    """Name a letter by number, organisation and kind."""
    kind = "立项通知书" if approved else "不予立项告知书"
    words = " ".join((project.code or "", project.told.organization, kind)).strip()
    return display_name(f"{words.replace('/', '_')}.{edition}", edition)


class _Outlet:
    """A file that only grows and hands over what was written since it was last asked."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, chunk: bytes) -> int:
        self._chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Keep nothing back: `taken` hands everything over."""

    def taken(self) -> bytes:
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Write files into a ZIP file and hand over its pieces as they come."""
    outlet = _Outlet()
    moment = timezone.localtime().timetuple()[:6]
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, content in files:
            facts = zipfile.ZipInfo(name, moment)
            archive.writestr(facts, content, compress_type=zipfile.ZIP_DEFLATED)
            yield outlet.taken()
    yield outlet.taken()
