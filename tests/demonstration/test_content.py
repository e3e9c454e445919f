"""The demonstration's texts keep the published figures, hang together and read as many hands' work."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from demonstration import content
from demonstration.content import (
    GRASSROOTS,
    ORGANIZATIONS,
    PAGE_TEXTS,
    PEOPLE,
    PROJECTS_2022,
    PROJECTS_ADOPTED,
    PROJECTS_CURRENT,
    REVIEWS,
    RULES,
    UNITS,
)
from demonstration.content.shapes import INVENTED, REPORTED, Application, Person, PlanStep
from partybuilding.projects.models.commitment import SHORT

SECTORS = {"rural", "urban", "government", "state_owned", "school", "hospital", "non_public"}
KINDS = {"party_committee", "general_branch", "branch", "working_committee", "leading_group"}
GROUNDS = {"not_distinctive", "no_highlight", "plan_incomplete"}
SECTIONS = {"basics", "problem", "distinctiveness", "highlights", "plan", "attachments"}
TEXTS = ("problem", "distinctiveness", "highlights", "overview")
LENGTHS = {
    "title": (6, 30),
    "problem": (60, 160),
    "distinctiveness": (50, 140),
    "highlights": (50, 140),
    "overview": (60, 200),
}
BY_KEY = {organization.key: organization for organization in ORGANIZATIONS}
APPROVED = [project for project in PROJECTS_2022 if project.outcome == "approved"]
DECLINED = [project for project in PROJECTS_2022 if project.outcome == "declined"]
EVERY_APPLICATION: list[Application] = [
    *(*PROJECTS_2022, *PROJECTS_CURRENT, *PROJECTS_ADOPTED),
]
# Drafts are unfinished on purpose; what was handed in has to be complete.
HANDED_IN: list[Application] = [
    *PROJECTS_2022,
    *PROJECTS_ADOPTED,
    *(project for project in PROJECTS_CURRENT if project.state != "draft"),
]


def unit_of(project: Application) -> str:
    return BY_KEY[project.lead].unit


def strings(value: object) -> Iterator[str]:
    """Yield every string inside a value of the content package."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from strings([*value.keys(), *value.values()])
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from strings(item)


def everything() -> list[str]:
    rooms = [ORGANIZATIONS, PROJECTS_2022, PROJECTS_CURRENT, PAGE_TEXTS, RULES, REVIEWS, PEOPLE]
    return list(strings(rooms))


def shared_runs(texts: Iterable[tuple[str, str]], length: int) -> dict[str, set[str]]:
    """Return the runs of `length` characters that occur under more than one key."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, text in texts:
        for start in range(len(text) - length + 1):
            owners[text[start : start + length]].add(key)
    return {run: keys for run, keys in owners.items() if len(keys) > 1}


# The published figures


def test_the_year_2022_has_the_published_counts():
    assert len(UNITS) == 36
    assert len(PROJECTS_2022) == 135
    assert len(APPROVED) == 64
    assert len(PEOPLE.expert_groups) == 6
    assert [(grade.code, grade.quota) for grade in RULES.grades] == [
        ("special", 1),
        ("first", 12),
        ("second", 32),
        ("third", 19),
    ]


def test_the_award_money_adds_up_to_the_published_total():
    grades = RULES.grades
    assert sum(grade.quota * grade.award_yuan for grade in grades) == 348_000
    assert all(grade.award_yuan % 100 == 0 for grade in grades)
    amounts = [grade.award_yuan for grade in grades]
    assert amounts == sorted(set(amounts), reverse=True)


def test_every_approved_project_has_its_own_rank_and_the_grades_take_them_all():
    assert sorted(project.strength for project in APPROVED) == list(range(1, 65))
    assert sum(grade.quota for grade in RULES.grades) == len(APPROVED)
    assert RULES.approval_quota == len(APPROVED)


def test_64_different_secretaries_lead_the_approved_projects():
    assert len({BY_KEY[project.lead].secretary.name for project in APPROVED}) == 64


def test_every_unit_has_an_application_and_most_an_approved_one():
    assert {unit_of(project) for project in PROJECTS_2022} == {unit.key for unit in UNITS}
    assert len({unit_of(project) for project in APPROVED}) >= 30


def test_all_sectors_apply_and_are_approved():
    assert {project.sector for project in PROJECTS_2022} == SECTORS
    assert {project.sector for project in APPROVED} == SECTORS


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("shicheng-2022", ["65岁以上", "免费体检", "青年志愿者"]),
        ("lizi-2022", ["“12345”", "公开栏"]),
        ("juanyan-2022", ["三百六十天", "360天", "红色驿站"]),
        ("guanzhuang-2022", ["均超过10万元", "50万元", "鲟鱼", "草"]),
        ("shichangjg-2022", ["党建红", "407户", "1100多件"]),
        ("wufu-2022", ["集体经济公司", "15万元", "30万元"]),
        ("zhuoshui-2022", ["天理良心", "调解室"]),
        ("apengjiang-2022", ["带头兴乡村", "训练营"]),
        ("zhongyiyuan-2022", ["党员包科"]),
    ],
)
def test_an_example_of_the_public_reports_is_approved_with_its_figures(key, figures):
    project = next(project for project in APPROVED if project.key == key)
    text = "".join(strings([project, PAGE_TEXTS[key]]))
    assert project.source == REPORTED
    assert [figure for figure in figures if figure not in text] == []


def test_nothing_but_the_named_examples_claims_to_come_from_public_reports():
    assert Counter(project.source for project in PROJECTS_2022) == {REPORTED: 9, INVENTED: 126}
    assert {project.source for project in PROJECTS_CURRENT} == {INVENTED}


def test_the_collective_company_ranks_first_and_joint_examples_name_their_partner():
    projects = {project.key: project for project in APPROVED}
    assert projects["wufu-2022"].strength == 1
    assert projects["juanyan-2022"].partners == ("chengnan",)
    assert unit_of(projects["juanyan-2022"]) == "guozi"
    assert projects["guanzhuang-2022"].partners == ("xiaowan",)


# Organisations and people


def test_organizations_have_unique_keys_and_names_and_known_codes():
    assert 150 <= len(ORGANIZATIONS) <= 190
    assert len(BY_KEY) == len({o.name for o in ORGANIZATIONS}) == len(ORGANIZATIONS)
    assert {o.sector for o in GRASSROOTS} == SECTORS
    assert {o.kind for o in ORGANIZATIONS} == KINDS
    assert all(re.fullmatch(r"[a-z][a-z0-9]*", key) for key in BY_KEY)


def test_every_grassroots_organization_reports_to_a_unit():
    units = {unit.key for unit in UNITS}
    assert {unit.unit for unit in UNITS} == {""}
    assert {organization.unit for organization in GRASSROOTS} <= units


def test_no_name_belongs_to_two_people():
    """Each person of the reserve stands alone; inside a plan one post of one lead is one person."""
    roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for organization in ORGANIZATIONS:
        roles[organization.secretary.name].add((organization.key, "secretary"))
    for project in EVERY_APPLICATION:
        for step in project.plan:
            roles[step.name].add(owner_of_step(project, step))
    for number, person in enumerate(reserve()):
        roles[person.name].add(("reserve", str(number)))
    assert {name: held for name, held in roles.items() if len(held) > 1} == {}


def owner_of_step(project: Application, step: PlanStep) -> tuple[str, str]:
    for key in (project.lead, *project.partners):
        if BY_KEY[key].secretary.name == step.name:
            return (key, "secretary")
    return (project.lead, step.post)


def reserve() -> list[Person]:
    return [
        *(leader.person for leader in PEOPLE.leaders),
        *PEOPLE.liaison_officers,
        *PEOPLE.department_officers,
        *PEOPLE.task_force,
        *PEOPLE.editors,
        *PEOPLE.publishers,
        *(reviewer.person for reviewer in PEOPLE.unit_reviewers),
        *(member for group in PEOPLE.expert_groups for member in group.members),
    ]


def test_the_reserve_of_people_is_complete():
    assert [reviewer.unit for reviewer in PEOPLE.unit_reviewers] == [unit.key for unit in UNITS]
    assert [len(group.members) for group in PEOPLE.expert_groups] == [5] * 6
    assert len(PEOPLE.department_officers) == 4
    assert len(PEOPLE.task_force) == 3
    assert len(PEOPLE.editors) == len(PEOPLE.publishers) == 2
    assert {sector for leader in PEOPLE.leaders for sector in leader.sectors} == SECTORS
    assert {sector for group in PEOPLE.expert_groups for sector in group.sectors} == SECTORS


def test_every_approved_project_has_its_own_work_team_and_page_text():
    keys = {project.key for project in APPROVED}
    assert set(PEOPLE.work_teams) == set(PAGE_TEXTS) == keys
    teams = [*PEOPLE.work_teams.values(), *PEOPLE.spare_work_teams]
    assert len(set(teams)) == len(teams)


def test_reviewers_have_enough_different_things_to_say():
    assert len(set(REVIEWS.first_review_opinions)) >= 40
    assert set(REVIEWS.findings) == set(REVIEWS.findings_against)
    assert set(REVIEWS.findings) == {"documents", "hearing", "visit"}
    assert all(len(set(findings)) >= 20 for findings in REVIEWS.findings.values())
    assert all(len(set(findings)) >= 8 for findings in REVIEWS.findings_against.values())


# Applications


def test_application_keys_and_titles_are_unique():
    assert len({project.key for project in EVERY_APPLICATION}) == len(EVERY_APPLICATION)
    assert len({project.title for project in EVERY_APPLICATION}) == len(EVERY_APPLICATION)
    assert len({project.lead for project in PROJECTS_2022}) == len(PROJECTS_2022)


def test_lead_and_partners_exist_and_the_sector_is_the_leads():
    for project in EVERY_APPLICATION:
        assert project.lead in BY_KEY
        assert BY_KEY[project.lead].unit, f"{project.key}: a unit does not apply to itself"
        assert BY_KEY[project.lead].sector == project.sector
        assert set(project.partners) <= set(BY_KEY) - {project.lead, unit_of(project)}
    assert sum(bool(project.partners) for project in PROJECTS_2022) >= 10


def test_every_topic_is_guided_for_its_sector():
    guided = {(line.sector, line.topic) for line in RULES.guidance}
    assert len(guided) == len(RULES.guidance)
    assert {topic for _, topic in guided} == {topic.code for topic in RULES.topics}
    assert {(project.sector, project.topic) for project in EVERY_APPLICATION} <= guided


@pytest.mark.parametrize("field", LENGTHS)
def test_texts_have_the_length_of_a_form_field(field):
    low, high = LENGTHS[field]
    lengths = {project.key: len(getattr(project, field)) for project in HANDED_IN}
    assert {key: n for key, n in lengths.items() if not low <= n <= high} == {}


def test_public_texts_have_the_length_of_a_page_and_of_a_list_line():
    lengths = {key: (len(t.introduction), len(t.summary)) for key, t in PAGE_TEXTS.items()}
    wrong = {k: n for k, n in lengths.items() if not (120 <= n[0] <= 260 and 0 < n[1] <= 60)}
    assert wrong == {}


def test_plans_of_2022_have_three_to_five_steps():
    assert {len(project.plan) for project in PROJECTS_2022} <= {3, 4, 5}


def test_plan_steps_are_complete_and_in_order_of_their_deadlines():
    for project in EVERY_APPLICATION:
        deadlines = [date.fromisoformat(f"2022-{step.deadline}") for step in project.plan]
        assert deadlines == sorted(deadlines), project.key
        assert all(5 <= deadline.month <= 12 for deadline in deadlines), project.key
        told = (strings(replace(step, short=step.goal)) for step in project.plan)
        assert all(map(all, told)), project.key


def test_what_was_handed_in_has_a_plan():
    assert [project.key for project in HANDED_IN if not project.plan] == []


def test_the_ends_of_2022_are_those_of_a_real_year():
    by = Counter(project.declined_by for project in DECLINED)
    assert Counter(project.outcome for project in PROJECTS_2022) == {
        "approved": 64,
        "declined": 67,
        "withdrawn": 4,
    }
    assert by == {"department": 60, "unit": 7}


@pytest.mark.parametrize("project", [p for p in EVERY_APPLICATION if getattr(p, "grounds", ())])
def test_a_declined_project_has_known_grounds(project):
    assert set(project.grounds) <= GROUNDS
    assert len(set(project.grounds)) == len(project.grounds)


def test_declined_and_withdrawn_projects_say_why_each_in_its_own_words():
    ended = [p for p in PROJECTS_2022 if p.outcome != "approved"]
    ended_now = [
        p for p in PROJECTS_CURRENT if p.state in {"not_recommended", "declined", "withdrawn"}
    ]
    reasons = [project.reason for project in (*ended, *ended_now)]
    assert all(len(reason) >= 40 for reason in reasons)
    assert len(set(reasons)) == len(reasons)


def test_only_declined_projects_have_grounds_and_a_decider():
    for project in PROJECTS_2022:
        declined = project.outcome == "declined"
        assert bool(project.grounds) == bool(project.declined_by) == declined, project.key
        assert bool(project.strength) == (project.outcome == "approved"), project.key


def test_about_twenty_projects_were_returned_once_with_remarks_on_sections():
    returns = [project.returned_once for project in PROJECTS_2022 if project.returned_once]
    assert 18 <= len(returns) <= 24
    assert {section for r in returns for section in r.remarks} == SECTIONS
    assert {r.by for r in returns} == {"unit", "department"}
    assert all(r.mended and all(r.remarks.values()) for r in returns)


def test_the_open_cycle_has_applications_in_every_state():
    assert Counter(project.state for project in PROJECTS_CURRENT) == {
        "draft": 8,
        "submitted": 8,
        "returned": 3,
        "first_passed": 10,
        "approved": 5,
        "not_recommended": 1,
        "declined": 3,
        "withdrawn": 3,
    }
    assert all(bool(p.returned) == (p.state == "returned") for p in PROJECTS_CURRENT)


def test_several_drafts_are_incomplete_and_some_are_not():
    drafts = [project for project in PROJECTS_CURRENT if project.state == "draft"]
    complete = [p for p in drafts if p.plan and all(getattr(p, name) for name in TEXTS)]
    assert 2 <= len(complete) <= len(drafts) - 4


def test_what_is_handed_in_answers_what_the_open_year_asks():
    handed_in = [project for project in PROJECTS_CURRENT if project.state != "draft"]
    assert all(0 < project.reach <= 20_000 for project in handed_in)
    assert {bool(project.needs) for project in handed_in} == {True, False}


def test_the_open_cycle_mentions_no_absolute_year():
    assert [s for s in strings(list(PROJECTS_CURRENT)) if re.search(r"20\d\d", s)] == []


# The language


def test_every_character_is_in_the_fonts_of_the_case_book():
    strange = {
        character
        for text in everything()
        for character in text
        if not character.encode("gb2312", "ignore")
    }
    assert strange == set()


def test_no_text_carries_a_mobile_or_identity_number():
    assert [text for text in everything() if re.search(r"\d{7,}", text)] == []


def test_no_two_problems_share_ten_characters():
    assert shared_runs([(p.key, p.problem) for p in EVERY_APPLICATION], 10) == {}


def test_no_two_applications_share_twelve_characters_of_prose():
    texts = [(p.key, getattr(p, name)) for p in EVERY_APPLICATION for name in TEXTS]
    texts += [(p.key, p.reason) for p in (*PROJECTS_2022, *PROJECTS_CURRENT)]
    texts += [(key, page.introduction) for key, page in PAGE_TEXTS.items()]
    assert shared_runs(texts, 12) == {}


def test_titles_follow_no_template():
    texts = [(p.key, p.title) for p in PROJECTS_2022]
    assert shared_runs(texts, 6) == {}


def test_the_content_is_data_and_what_reads_it_needs_neither_django_nor_chance():
    folder = Path(content.__file__).parent
    wrong = re.compile(r"^\s*(?:import|from)\s+(?:django|wagtail|random|datetime)\b", re.MULTILINE)
    sources = sorted(folder.rglob("*.py"))
    assert len(sources) < 10
    assert [path.name for path in sources if wrong.search(path.read_text("utf-8"))] == []
    assert len(list(folder.rglob("*.toml"))) > 15


def test_every_promise_has_a_name_of_one_line():
    promised = [
        project
        for project in EVERY_APPLICATION
        if getattr(project, "outcome", "") == "approved"
        or getattr(project, "state", "") == "approved"
        or hasattr(project, "adopts")
    ]
    named = [(step.goal, step.short) for project in promised for step in project.plan]
    assert len(named) > 250
    assert [both for both in named if len(both[1] or both[0]) > SHORT] == []
    assert [both for both in named if both[0] == both[1]] == []
