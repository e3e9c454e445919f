"""The certificate of a grade (荣誉证书), one for each organisation that carried the project out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpResponse

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.certificates import (
    Certificate,
    certificate_docx,
    certificates_pdf,
)
from partybuilding.core.papers.data import chinese_date, single_line
from partybuilding.core.selectors import last_move
from partybuilding.core.texts import Value
from partybuilding.core.words.actors import Actor, name_of
from partybuilding.evaluation.documents.explanation import day_of
from partybuilding.evaluation.models import Award, Run
from partybuilding.evaluation.wording import CERTIFICATE
from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.documents import paper_response
from partybuilding.projects.models import Project
from partybuilding.texts.selectors import body_kept

HEADING = "荣誉证书"


def awards_of(run: Run) -> QuerySet[Award]:
    """Return the awards of a run with what certificates say, by number, the leading organisation first."""
    rows = Award.objects.filter(run=run).select_related("project__cycle", "organization", "grade")
    return rows.prefetch_related("project__partners__organization").order_by("project__code", "pk")


def certificates_of(awards: Iterable[Award], run: Run) -> list[Certificate]:
    """Fill the certificates of awards in the order of `awards_of`; all of a project belong together."""
    body, day = IssuingBody.on(day_of(run)), day_of(run)
    text = body_kept(CERTIFICATE, last_move(run, run.state))
    return [
        certificate_of(award, place, body, day, text)
        for _project, own in groupby(awards, key=lambda award: award.project_id)
        for place, award in enumerate(own, start=1)
    ]


def certificate_of(
    award: Award, place: int, body: IssuingBody, day: date, text: str
) -> Certificate:
    """Fill the certificate of one award.

    Args:
        place: of the organisation among those that carried the project out, from 1.
        text: the words it is written in.
    """
    project = award.project
    others = [name for key, name in carriers_of(project).items() if key != award.organization_id]
    values = {
        "年度": str(project.cycle.year),
        "联合单位": f"与{'、'.join(others)}联合" if others else "",
        "项目名称": single_line(project.title),
        "等次": str(award.grade),
    }
    return drawn(
        text,
        values,
        recipient=carriers_of(project).get(award.organization_id, award.organization.name),
        number=f"证书编号：{project.code}-{place}",
        issuer=single_line(body.name),
        day=chinese_date(day),
    )


def drawn(text: str, values: Mapping[str, Value], **frame: str) -> Certificate:
    """Set a certificate's five lines; where one of them came out empty, in the delivered words."""
    lines = CERTIFICATE.fill(text, values)
    if len(lines) != CERTIFICATE.lines:
        lines = CERTIFICATE.fill("", values)
    heading, subheading, before, award, after = (one.words for one in lines)
    return Certificate(
        heading=heading,
        subheading=subheading,
        before=before,
        award=award,
        after=after,
        **frame,
    )


def carriers_of(project: Project) -> dict[int, str]:
    """Return who carried a project out by key, the leading one first, under the names of its papers."""
    told = project.told
    names = {project.organization_id: single_line(told.organization)}
    rows = zip(project.partners.all(), told.partners, strict=False)
    return names | {partner.organization_id: single_line(name) for partner, name in rows}


EDITIONS: dict[str, Callable[[Certificate, str, date], bytes]] = {
    Kind.PDF.value: lambda one, title, day: certificates_pdf([one], title=title, day=day),
    Kind.DOCX.value: lambda one, title, _day: certificate_docx(one, title=title),
}


def certificates_response(run: Run) -> HttpResponse:
    """Return all certificates of a run in one PDF."""
    title = f"{run.cycle.year}年度{name_of(Actor.PROGRAMME)}{HEADING}"
    content = certificates_pdf(certificates_of(awards_of(run), run), title=title, day=day_of(run))
    return paper_response(content, f"{title}（全部）", Kind.PDF.value)


def certificate_response(award: Award, edition: str) -> HttpResponse:
    """Return one certificate, `edition` being "pdf" or "docx"."""
    own = awards_of(award.run).filter(project=award.project_id)
    found = dict(zip(own, certificates_of(own, award.run), strict=True))[award]
    title = f"{award.project.code} {HEADING}（{found.recipient}）"
    return paper_response(EDITIONS[edition](found, title, day_of(award.run)), title, edition)
