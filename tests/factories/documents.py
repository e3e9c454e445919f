"""Papers to print: a believable form and a believable letter; keywords change what a test is about."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from partybuilding.core.papers.data import (
    Answer,
    ApplicationForm,
    DutyRow,
    PartnerRow,
    PlanRow,
    ResultLetter,
    ReviewRow,
)
from partybuilding.projects.sheet import APPLICATION

#: By key of the application's sheet, what is answered in words.
ANSWERS = {
    "title": "红色驿站连心桥",
    "organization": "示例街道党工委",
    "unit": "示例区直机关工委",
    "sector": "城市",
    "topic": "融圈入群",
    "secretary_name": "张某某",
    "secretary_post": "党工委书记",
    "contact_name": "李某",
    "contact_phone": "023-00000000",
    "problem": "流动党员找不到组织。\n居民诉求来回转。",
    "distinctiveness": "三方组织共用一个驿站。",
    "highlights": "全年开放三百六十天。",
    "overview": "一站统领、三方联动、五项服务。",
}


def application_form(**changes: Any) -> ApplicationForm:
    """Return a submitted and reviewed form; answers are changed by their key."""
    values: dict[str, Any] = {
        "cycle_year": 2022,
        "code": "2022-034",
        "partners": (PartnerRow(name="示例卷烟厂党委"), PartnerRow(name="示例社区党委")),
        "plan": (plan_row(1), plan_row(2, task="建成驿站")),
        "attachments": ("实施方案.docx", "选址图.pdf"),
        "submitted_at": datetime(2022, 3, 16, 15, 20, tzinfo=ZoneInfo("Asia/Shanghai")),
        "stages": ("归口单位初审意见", "组织部立项意见"),
        "reviews": (
            ReviewRow(
                stage="归口单位初审意见",
                verdict="初审通过",
                opinion="切口小，路径清晰。",
                organization="示例区直机关工委",
                date=date(2022, 3, 28),
            ),
        ),
    }
    answered = ANSWERS | {key: changes.pop(key) for key in ANSWERS if key in changes}
    values |= changes
    answered["partners"] = "、".join(partner.name for partner in values["partners"])
    fields = [field for field in APPLICATION.fields if field.key in answered]
    answers = [
        (field, Answer(str(field.label), answered[field.key], field.wide)) for field in fields
    ]
    return ApplicationForm(
        answers=tuple(answer for field, answer in answers if not field.is_long),
        texts=tuple(answer for field, answer in answers if field.is_long),
        **values,
    )


def plan_row(number: int, **changes: Any) -> PlanRow:
    """Return one step of a plan."""
    values: dict[str, Any] = {
        "number": number,
        "task": "走访摸底",
        "goal": "形成需求清单",
        "deadline": date(2022, 4, 30),
        "person": "王某",
        "post": "副书记",
    }
    return PlanRow(**(values | changes))


def result_letter(**changes: Any) -> ResultLetter:
    """Return a letter of approval."""
    values: dict[str, Any] = {
        "approved": True,
        "number": "示组立〔2022〕34号",
        "addressee": "示例街道党工委",
        "copied_to": "示例区直机关工委",
        "project_title": "红色驿站连心桥",
        "project_code": "2022-034",
        "cycle_year": 2022,
        "reason": "有可推广的价值。",
        "four_ones": (
            DutyRow(duty="包抓领导", name="陈某某", post="副部长"),
            DutyRow(duty="牵头书记", name="张某某", post="党工委书记"),
            DutyRow(duty="联系组工干部", name="刘某", post="科长"),
            DutyRow(duty="工作队伍", name="驿站专班", post="党员骨干十二人"),
        ),
        "issuer": "示例区委组织部",
        "date": date(2022, 4, 20),
    }
    return ResultLetter(**(values | changes))
