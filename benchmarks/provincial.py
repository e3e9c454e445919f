"""The rows of a province for `province.py`: a few by the services, copies of them by PostgreSQL (INSERT … SELECT)."""

from typing import Any

import sites  # noqa: F401, it puts the program on the path

APPLICATIONS, OPINIONS, TRAIL, NEWS, YEARS = 135_000, 1_000_000, 5_000_000, 20_000, 10
DISTRICTS = 100


class Province:
    """The rows: a few by the services, copies of them by the database."""

    def __init__(self) -> None:
        from tests.factories import make_cast
        from tests.factories.column import make_page
        from tests.factories.news import publish_news
        from tests.factories.opinions import make_opinion

        self.cast = make_cast()
        self.page, self.news = make_page("implementing", self.cast), publish_news()
        self.opinion = make_opinion("answered", self.cast, self.page.project)
        self.project = self.page.project
        self.has: dict[str, int] = {}
        self.columns: dict[str, list[str]] = {}
        sql(
            "CREATE FUNCTION base36(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT "
            "substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (n / 46656 %% 36)::int + 1, 1) || "
            "substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (n / 1296 %% 36)::int + 1, 1) || "
            "substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (n / 36 %% 36)::int + 1, 1) || "
            "substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (n %% 36)::int + 1, 1) $$"
        )
        self._districts()

    def _districts(self) -> None:
        """Add organisations: each district a reporting unit with 35 below it, and the years."""
        below = self.project.organization
        unit = below.unit
        self.units = self.copy(
            "organization",
            unit.pk,
            DISTRICTS,
            code="'U-' || g",
            code_key="'U-' || g",
            name="'第' || g || '区'",
            name_key="'第' || g || '区'",
            unit_id="NULL",
        )
        sql(
            "UPDATE partybuilding_organization SET unit_id = id WHERE code LIKE 'U-%%' AND %s::bigint IS NOT NULL",
            unit.unit_id,
        )
        self.organizations = self.copy(
            "organization",
            below.pk,
            DISTRICTS * 35,
            code="'O-' || g",
            code_key="'O-' || g",
            name="'组织' || g",
            name_key="'组织' || g",
            parent_id=f"{self.units} + g %% {DISTRICTS}",
            unit_id=f"{self.units} + g %% {DISTRICTS}",
        )
        year = self.cast.cycle.year
        self.cycles = self.copy("cycle", self.cast.cycle.pk, YEARS - 1, year=f"{year} - g")

    def copy(
        self,
        table: str,
        pk: int,
        number: int,
        first: int = 0,
        /,
        key: str = "id",
        base: int | None = None,
        **other: str,
    ) -> int:
        """Copy a row so many times; return the key before the first copy's.

        Args:
            table: its name, that of a model of the plugin alone.
            first: how many copies there are.
            base: the key before the first copy's; that of the last row when it is not given.
            other: SQL of the columns that differ, with `g` counting the copies from 1.
        """
        whole = (
            table
            if "_" in table and not table.startswith("partybuilding")
            else f"partybuilding_{table}"
        )
        columns = self._columns(whole)
        if base is None:
            if first == 0:
                (self.has[f"base {whole}"],) = sql(f'SELECT max("{key}") FROM {whole}')[0]
            base = self.has[f"base {whole}"]
        said = {key: f"{base} + g", **other}
        chosen = ", ".join(said.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        sql(
            f"INSERT INTO {whole} ({names}) SELECT {chosen} FROM {whole}, "
            f'generate_series({first + 1}, {number}) AS g WHERE "{key}" = %s',
            pk,
        )
        return base

    def _columns(self, table: str) -> list[str]:
        if table not in self.columns:
            rows = sql(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "AND is_generated = 'NEVER'",
                table,
            )
            self.columns[table] = [name for (name,) in rows]
        return self.columns[table]

    def fill(self, scale: float) -> None:
        """Bring every table up to its number."""
        from partybuilding.opinions.states import OpinionState
        from partybuilding.organizations.states import Sector
        from partybuilding.projects.states import ProjectState

        def one_of(values: list[str]) -> str:
            return f"(ARRAY{values})[1 + g %% {len(values)}]"

        had = dict(self.has)
        projects = int(APPLICATIONS * scale)
        base = self.copy(
            "project",
            self.project.pk,
            projects,
            had.get("projects", 0),
            code="'P-' || lpad(g::text, 7, '0')",
            title="'邻里议事厅' || g || '号项目'",
            state=one_of(ProjectState.values),
            sector=one_of(Sector.values),
            organization_id=f"{self.organizations} + 1 + g * 7 %% {DISTRICTS * 35}",
            cycle_id=f"{self.cycles} + 1 + g %% {YEARS - 1}",
            state_since="now() - g * interval '1 minute'",
            due_on="current_date + (g %% 80 - 40)::int",
        )
        pages = projects // 3
        self._pages(base, pages, had.get("pages", 0))
        opinions = int(OPINIONS * scale)
        self.copy(
            "opinion",
            self.opinion.pk,
            opinions,
            had.get("opinions", 0),
            **dict.fromkeys(
                ("number", "code_hash", "submission", "fingerprint"), "lpad(g::text, 9, '0')"
            ),
            project_id=f"{base} + 1 + g * 11 %% {projects}",
            unit_id=f"{self.units} + 1 + g %% {DISTRICTS}",
            cycle_id=f"{self.cycles} + 1 + g %% {YEARS - 1}",
            state=one_of(OpinionState.values),
            text="'照料点' || g || '号中午关门，老人只能坐在门口等，能不能安排人值班？'",
            state_since="now() - g * interval '1 minute'",
            created_at="now() - g * interval '5 minutes'",
            is_similar="g %% 10 = 0",
        )
        trail = int(TRAIL * scale)
        (row,) = sql(
            "SELECT max(id) FROM partybuilding_transitionrecord WHERE machine = 'project' AND record_id = %s "
            "AND to_state <> ''",
            self.project.pk,
        )[0]
        per = max(trail // projects, 1)
        self.copy(
            "transitionrecord",
            row,
            trail,
            had.get("trail", 0),
            record_id=f"{base} + 1 + g %% {projects}",
            sequence=f"{1000 * (1 + int(scale * 1000))} + g / {projects}",
            at="now() - g * interval '1 second'",
            hash="repeat(md5(g::text), 2)",
            previous_hash="repeat(md5((g - 1)::text), 2)",
        )
        assert per
        self._news(int(NEWS * scale), had.get("news", 0))
        self.has |= {"projects": projects, "pages": pages, "opinions": opinions, "trail": trail}
        self.has["news"] = int(NEWS * scale)
        for table in (
            "wagtailcore_page",
            "partybuilding_project",
            "partybuilding_opinion",
            "partybuilding_transitionrecord",
            "wagtailsearch_indexentry",
        ):
            sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        sql("VACUUM ANALYZE")

    def _pages(self, projects: int, number: int, first: int) -> None:
        """Give every third project its page, in the tree, in the index of the search, with its facts."""
        parent = self.page.get_parent()
        self._tree(
            self.page,
            parent,
            number,
            first,
            "base36(g + 1000)",
            "'邻里议事厅' || (3 * g) || '号项目'",
            "'p' || g",
        )
        self.pages = self.has["base wagtailcore_page p"]
        self.copy(
            "projectpage",
            self.page.pk,
            number,
            first,
            key="page_ptr_id",
            page_ptr_id=f"{self.pages} + g",
            project_id=f"{projects} + 3 * g",
        )

    def _news(self, number: int, first: int) -> None:
        parent = self.news.get_parent()
        self._tree(
            self.news, parent, number, first, "base36(g + 1000)", "'社区新闻' || g", "'n' || g"
        )
        base = self.has["base wagtailcore_page n"]
        self.copy(
            "home_newspage",
            self.news.pk,
            number,
            first,
            key="page_ptr_id",
            page_ptr_id=f"{base} + g",
        )

    def _tree(
        self, page: Any, parent: Any, number: int, first: int, step: str, title: str, slug: str
    ) -> None:
        kind = slug[1]
        name = f"base wagtailcore_page {kind}"
        (top,) = sql("SELECT max(id) FROM wagtailcore_page")[0]
        if name not in self.has:
            self.has[name] = top + (10_000_000 if kind == "n" else 0)
        moment = "now() - g * interval '1 minute'"
        self.copy(
            "wagtailcore_page",
            page.pk,
            number,
            first,
            base=self.has[name],
            path=f"'{parent.path}' || {step}",
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"'{parent.url_path}' || {slug} || '/'",
            translation_key="gen_random_uuid()",
            latest_revision_id="NULL",
            live_revision_id="NULL",
            numchild="0",
            first_published_at=moment,
            last_published_at=moment,
        )
        sql("UPDATE wagtailcore_page SET numchild = %s WHERE id = %s", number + 1, parent.pk)
        self._indexed(page, number, first, self.has[name])

    def _indexed(self, page: Any, number: int, first: int, base: int) -> None:
        """Copy what the search keeps of a page; one of a thousand has a rare word."""
        for table in ("wagtailsearch_indexentry", "search_entry", "search_name"):
            columns = self._columns(table)
            of_page = "object_id" if "object_id" in columns else "page_id"
            rows = sql(f"SELECT * FROM {table} WHERE {of_page}::text = %s LIMIT 1", str(page.pk))
            if not rows:
                continue
            said = {of_page: f"({base} + g)::text" if of_page == "object_id" else f"{base} + g"}
            if "body" in columns:
                said["body"] = (
                    "CASE WHEN g %% 1000 = 0 THEN body || to_tsvector('simple', '罕见 见') ELSE body END"
                )
            keep = [column for column in columns if column != "id"]
            chosen = ", ".join(said.get(column, f'"{column}"') for column in keep)
            names = ", ".join(f'"{column}"' for column in keep)
            sql(
                f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table}, "
                f"generate_series({first + 1}, {number}) AS g WHERE {of_page}::text = %s",
                str(page.pk),
            )

    def counted(self) -> str:
        """Say how many rows there are."""
        names = ("projects", "pages", "opinions", "trail", "news")
        return ", ".join(f"{self.has[name]:,} {name}" for name in names)


def sql(statement: str, *values: Any) -> list[Any]:
    """Run a statement; return its rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
