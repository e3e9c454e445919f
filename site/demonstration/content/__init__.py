"""The texts of the demonstration, read from the TOML files beside this module; all of it is invented.

Examples that public reports name say so (`source`) and carry their published figures.
"""

from demonstration.content import column_shapes, shapes, work_shapes
from demonstration.content.reading import entries, read

SITE = read("site.toml", column_shapes.SiteText)
PEOPLE = read("people.toml", shapes.People)
_REGISTER = read("organizations.toml", shapes.Organizations)
UNITS, GRASSROOTS = _REGISTER.units, _REGISTER.grassroots
ORGANIZATIONS = UNITS + GRASSROOTS
TOWNSHIPS = {one.unit: one for one in _REGISTER.townships}
PLACED = _REGISTER.placed
RULES = read("rules.toml", shapes.CycleRules)

#: The 135 applications of 2022 with their ends.
PROJECTS_2022 = tuple(
    text
    for sector in (
        *("urban", "rural", "government", "state_owned"),
        *("school", "hospital", "non_public"),
    )
    for text in entries(f"applications/2022_{sector}.toml", shapes.FinishedApplication)
)
#: The 41 applications of the open cycle, in every state; no absolute year is mentioned.
PROJECTS_CURRENT = entries("applications/current.toml", shapes.CurrentApplication)
#: Three that learn from cases, in the year that is judged today.
PROJECTS_ADOPTED = entries("applications/adopted.toml", shapes.AdoptedApplication)
#: What residents read about an approved project, and which scene stands at the head of its page.
PAGE_TEXTS = read("page_texts.toml", dict[str, shapes.PageText])
SCENE_OF_PROJECT = read("scenes.toml", dict[str, str])

REVIEWS = read("reviews.toml", work_shapes.Reviews)
KEEPING = read("keeping.toml", work_shapes.Keeping)
UNFINISHED = {(one.key, one.place): one.why for one in KEEPING.unfinished}
SUPERVISION = read("supervision.toml", work_shapes.Supervision)
BULLETINS = read("bulletins.toml", work_shapes.Bulletins)
LETTERS = read("letters.toml", work_shapes.Letters)

#: News of the weeks before today says nothing of a season or a date of its own.
RECENT = entries("news/recent.toml", column_shapes.NewsItem)
#: Oldest first: the year 2022, and the weeks before today.
NEWS = (
    *(
        item
        for season in ("spring", "summer", "autumn", "winter")
        for item in entries(f"news/2022_{season}.toml", column_shapes.NewsItem)
    ),
    *RECENT,
)
NOTICES = {text.key: text for text in entries("notices.toml", column_shapes.NoticeText)}
BRANDS = entries("brands.toml", column_shapes.BrandText)
CASES = entries("cases.toml", column_shapes.CaseText)
WORDS = read("words.toml", column_shapes.Words).words
BOOK = read("book.toml", column_shapes.BookText)
