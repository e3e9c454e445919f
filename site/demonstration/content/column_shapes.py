"""The shapes of what editors of the demonstration write: news, notices, brands, cases; no Django."""

from dataclasses import dataclass

from demonstration.content.shapes import INVENTED


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, and who, by post."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in large type, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures in large type, side by side."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first row is its head."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FromRows:
    """A table whose rows are counted when the text is published, by its name in demonstration.figures."""

    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class Steps:
    """An ordered list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a scene with its caption."""

    scene: str
    seed: int
    caption: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """Several drawings."""

    pictures: tuple[Picture, ...]


Block = str | Heading | Quote | Figures | Table | FromRows | Steps | Picture | Gallery
#: A text with what stands between its paragraphs; written as demonstration.content.prose reads it.
Body = tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """An item of news.

    `day` is ISO 8601; `days_ago` counts back from the day on which the demonstration is made, for
    items that are to be recent; `notice` ties an item to one of this year's notices, counted from 1.
    One of the three is given, today being no days ago. `projects` are keys of applications.
    """

    key: str
    day: str = ""
    days_ago: int = 0
    notice: int = 0
    category: str
    title: str
    summary: str
    scene: str
    body: Body
    projects: tuple[str, ...] = ()
    origin: str = "本栏编辑部（示例）"
    author: str = "本栏编辑"
    source: str = INVENTED


@dataclass(frozen=True, slots=True)
class Place:
    """Where a brand can be seen, with when and what."""

    name: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Honour:
    """What somebody else gave a brand; `day` is ISO 8601."""

    day: str
    title: str
    by: str


@dataclass(frozen=True, slots=True)
class MethodStep:
    """A step of a working method, and what is done in it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Method:
    """A working method by its name."""

    name: str
    steps: tuple[MethodStep, ...]


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure in large type with its source."""

    value: str
    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandText:
    """A brand as its organisation nominates it and as the column tells it; its logo shows the `mark`."""

    key: str
    organization: str
    projects: tuple[str, ...]
    name: str
    slogan: str
    summary: str
    scene: str
    origin: str
    practice: str
    effect: str
    spread: str
    promoted: bool
    mark: str
    places: tuple[Place, ...] = ()
    honours: tuple[Honour, ...] = ()
    source: str = INVENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText:
    """A case study written from a graded project."""

    key: str
    project: str
    title: str
    summary: str
    scene: str
    situation: tuple[str, ...]
    practice: tuple[str, ...]
    results: tuple[str, ...]
    figures: tuple[Figure, ...]
    lesson: tuple[str, ...]
    method: Method | None = None
    before: Picture | None = None
    after: Picture | None = None
    quote: Quote | None = None
    statistic: Statistic | None = None
    source: str = INVENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """A public notice over the decisions of a year; the list itself comes from the rows."""

    key: str
    title: str
    introduction: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteText:
    """What head and foot of the demonstration's pages say; every entry is a sample."""

    tagline: str
    description: str
    host: str
    organizer: str
    contact: str
    address: str
    domain: str
    site_code: str
    icp_number: str
    police_number: str
    objection_office: str
    objection_phone: str
    objection_address: str
    objection_form: str


@dataclass(frozen=True, slots=True)
class WatchedText:
    """A word that editors do not write, the better one, and why."""

    word: str
    better: str
    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """The list of words that the editors keep."""

    words: tuple[WatchedText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookText:
    """What stands before and behind the cases of a case book; the board by post, names with commas."""

    title: str
    subtitle: str
    issuer: str
    board: tuple[tuple[str, str], ...]
    foreword: tuple[str, ...]
    notes: tuple[str, ...]
    afterword: tuple[str, ...]
