"""Which papers of judging there are: for each project of a run, for each group of a year, for each sheet."""

from collections import Counter, defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from partybuilding.core.models import Attachment
from partybuilding.evaluation.models import Award, ScoreSheet
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Project


def project_rows(reading: Reading) -> list[dict[str, Any]]:
    """Return the projects of a run by number, each with its awards."""
    awards: dict[int, list[Award]] = defaultdict(list)
    for award in reading.run.awards.select_related("organization").order_by("pk"):
        awards[award.project_id].append(award)
    lines = sorted(reading.lines, key=lambda line: line.project.code or "")
    return [{"project": one.project, "awards": awards[one.project.pk]} for one in lines]


def group_rows(cycle: int) -> list[dict[str, Any]]:
    """Return the expert groups of a year with how many sheets each has to fill in."""
    rows = ScoreSheet.objects.of_experts().filter(cycle=cycle).order_by()
    counts = dict(rows.values_list("group").annotate(n=Count("pk")))
    groups = ExpertGroup.objects.filter(pk__in=filter(None, counts))
    return [{"group": group, "sheets": counts[group.pk]} for group in groups]


def sheet_rows(project: Project) -> list[dict[str, Any]]:
    """Return the sheets on a project with how many scans each has."""
    sheets = list(project.sheets.select_related("judge", "reviewer", "group"))
    kind = ContentType.objects.get_for_model(ScoreSheet)
    keys = [sheet.pk for sheet in sheets]
    scans = Counter(
        Attachment.objects.filter(content_type=kind, object_id__in=keys)
        .values_list("object_id", flat=True)
    )  # fmt: skip
    return [
        {
            "sheet": sheet,
            "who": sheet.scorer_name,
            "scans": scans[sheet.pk],
        }
        for sheet in sheets
    ]
