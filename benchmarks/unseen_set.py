"""Six times sixty questions written before the search was changed, and what of the demonstration answers them.

`search/unseen.json` and `search/unseen_2.json` name the answers by their keys in `demonstration.content`.
The first set was unseen once and has shown its misses since; of the second only the sums were ever looked
at. `search/unseen_4.json` was written after those and frozen before the engine was changed once more.
Six questions of `search/unseen_5.json` name a service instead of pages (`services`). `search/unseen_6.json` and
`search/unseen_7.json` came last, by two writers who had read the pages and nothing of the engine.
A wrong label is a fault of the set and stays. `search/asked.json` is no such set: limits are chosen on it.
"""

import json
from functools import cache
from typing import Any

from benchmarks.development_set import BASE, HERE, Written
from demonstration import content


@cache
def corpus() -> dict[str, Written]:
    """Return what residents read of the demonstration's projects, cases, brands and news, by its key."""
    projects = [
        (
            one.key,
            one.title,
            [
                *(said.summary, said.introduction, one.problem, one.distinctiveness),
                *(one.highlights, one.overview),
                *(goal for step in one.plan for goal in (step.task, step.goal)),
            ],
        )
        for one in content.PROJECTS_2022
        if (said := content.PAGE_TEXTS.get(one.key))
    ]
    cases = [
        (one.key, one.title, [one.summary, one.situation, one.practice, one.results, one.lesson])
        for one in content.CASES
    ]
    brands = [
        (one.key, one.name, [one.slogan, one.summary, one.origin, one.practice, one.effect])
        for one in content.BRANDS
    ]
    news = [(one.key, one.title, [one.summary, one.body]) for one in content.NEWS]
    numbers = {one.key: at for at, one in enumerate(content.PROJECTS_2022)}
    told = {one.key: (one.project,) for one in content.CASES}
    told |= {one.key: one.projects for one in (*content.BRANDS, *content.NEWS)}
    return {
        key: Written(
            BASE + 2_000 + at,
            title,
            "\n".join(map(str, texts)),
            tuple(numbers[one] for one in told.get(key, (key,)) if one in numbers),
        )
        for at, (key, title, texts) in enumerate([*projects, *cases, *brands, *news])
    }


def questions(name: str = "unseen") -> list[dict[str, Any]]:
    """Read the questions, their answers as keys of pages.

    Args:
        name: `unseen`, `unseen_2`, `unseen_4`, `unseen_5`, `unseen_6`, `unseen_7` or `asked`.
    """
    pages = corpus()
    return [
        {**row, "relevant": [pages[key].pk for key in row["relevant"]]}
        for row in _rows(name)
        if "service" not in row
    ]


def services() -> dict[str, str]:
    """Return the questions of the fifth set that ask for a service, with its name (`search.signposts`)."""
    return {row["q"]: row["service"] for row in _rows("unseen_5") if "service" in row}


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return rows
