"""The case book as plain data, as large as wanted, for tests of the press and the benchmark."""

import json
from pathlib import Path
from typing import Any

from partybuilding.casebook.press.files import JOB, ORIGINALS
from tests.factories.pictures import photograph

TEXT = (
    "社区党委把议事地点从会议室搬到凉亭，每周三晚上“凉亭议事”，居民、物业、商户三方当面说清楚：谁来办、几天办、"
    "办成什么样。2022年全年共议事12次，收集意见163条，当场答复97条，其余66条列入清单（见下表），逐条销号。"
    "《议事公约》一共9条，写在亭子的柱子上；没有办成的，也写明原因，让大家看得见、说得上、管得着。"
)
SEALS = "农城机企校医商"
GRADES = ("特等", "一等", "二等", "三等")


def sample_case(number: int, pictures: int, paragraphs: int = 4) -> dict[str, Any]:
    """Return a case with every kind of element."""
    keys = [number * 100 + n for n in range(pictures)]
    figures = [
        {"image": key, "alt": f"凉亭议事现场{key}", "caption": f"图：第{n + 1}次凉亭议事"}
        for n, key in enumerate(keys[1:])
    ]
    words = [_paragraph(f"{TEXT}（{number}-{n}）") for n in range(paragraphs)]
    table = {
        "kind": "table",
        "caption": "议定事项办理情况",
        "heads": ["事项", "提出（条）", "办结（条）"],
        "rows": [["停车", "66", "66"], ["加装电梯", "31", "30"], ["楼道照明", "12", "12"]],
        "numeric": [False, True, True],
        "row_header": True,
    }
    numbers = {
        "kind": "numbers",
        "rows": [
            {"number": "163", "unit": "条", "label": "收集意见"},
            {"number": "97", "unit": "条", "label": "当场答复"},
            {"number": "12", "unit": "次", "label": "凉亭议事"},
        ],
    }
    listed = [
        [_span("亮身份：党员戴徽章上岗。")],
        [_span("亮承诺："), _span("一件一件写清楚", bold=True)],
    ]
    parts = [
        ("背景与问题", words),
        ("主要做法", [_heading("搬到亭子里"), *words, *_placed(figures), *words, _list(listed)]),
        ("工作成效", [numbers, *words, table]),
        ("可复制的经验", [_quote(), *words]),
    ]
    return {
        "place": number,
        "number": f"{number:02}",
        "page": number,
        "revision": number,
        "title": f"凉亭里议出的“家门口”的事：第{number}个社区把难题搬上桌",
        "summary": "把议事地点搬到凉亭，三方当面说清楚，一年办成66件小事。",
        "organization": f"第{number}社区党委、区城管局机关党支部",
        "grade": GRADES[min(3, number // 12)],
        "group": f"{GRADES[min(3, number // 12)]}案例",
        "is_top": number < 12,
        "seal": SEALS[number % 7],
        "facts": [
            ["实施单位", f"第{number}社区党委"],
            ["归口单位", "城东街道党工委"],
            ["领域", "城市社区"],
        ],
        "names": [f"第{number}社区党委"],
        "address": f"https://example.org/cases/2022-{number:03}/",
        "lead": {"image": keys[0], "alt": "凉亭", "caption": ""} if keys else None,
        "parts": [{"label": label, "elements": elements} for label, elements in parts],
    }


def _placed(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"kind": "figures", "figures": figures}] if figures else []


def _span(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "bold": False, "emphasis": False, "href": "", **more}


def _paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "spans": [_span(text)]}


def _heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "text": text, "level": 3}


def _quote() -> dict[str, Any]:
    return {"kind": "quote", "text": "说了算，定了干，看得见。", "who": "居民代表"}


def _list(items: list[Any]) -> dict[str, Any]:
    return {"kind": "list", "ordered": True, "items": items}


def sample_book(cases: int = 3, pictures: int = 2, paragraphs: int = 4) -> dict[str, Any]:
    """Return a book of so many cases, each with so many pictures."""
    made = [sample_case(number, pictures, paragraphs) for number in range(1, cases + 1)]
    return {
        "year": 2022,
        "title": "2022年度基层党建创新项目案例集",
        "cover_title": ["基层党建", "创新项目案例集"],
        "subtitle": "看得见的承诺",
        "issuer": "中共示例区委组织部",
        "mark": "网络版",
        "cover_top": [],
        "back": ["本书由公开栏已发布的案例编成。"],
        "spine": "2022年度基层党建创新项目案例集",
        "dated": "2023年3月",
        "said": "2022年度入选案例，附年度数据与承诺兑现情况。",
        "watermark": "",
        "address": "https://example.org/book/2022/",
        "board": [{"role": "主任", "names": ["张明", "李华"]}, {"role": "编辑", "names": ["王芳"]}],
        "imprint": [["书名", "2022年度基层党建创新项目案例集"], ["版本", "网络版"]],
        "front": [
            {"name": "foreword", "title": "前言", "texts": [TEXT, TEXT]},
            {"name": "notes", "title": "编写说明", "texts": [TEXT]},
            {"name": "figures", "title": "年度数据", "texts": []},
        ],
        "rear": [
            {"name": "promises", "title": "承诺兑现一览表", "texts": []},
            {"name": "index", "title": "单位索引", "texts": []},
            {"name": "afterword", "title": "后记", "texts": [TEXT]},
        ],
        "figures": {
            "said": "2022年共有135个项目申报，64个立项。",
            "numbers": {
                "kind": "numbers",
                "rows": [{"number": "64", "unit": "项", "label": "立项"}],
            },
            "bars": [
                {
                    "caption": "各领域立项数",
                    "heads": ["领域", "项目", "占比"],
                    "most": 20,
                    "rows": [{"label": "城市社区", "count": 20}, {"label": "学校", "count": 3}],
                }
            ],
            "tables": [],
        },
        "promises_said": "以下为入选案例所依托项目的全部公开承诺。",
        "promises": [
            {
                "place": number,
                "title": case["title"],
                "organization": case["names"][0],
                "rows": [
                    {
                        "goal": "办结停车议题",
                        "deadline": "2022年12月31日",
                        "state": "已完成",
                        "is_kept": True,
                    },
                    {
                        "goal": "加装电梯31部",
                        "deadline": "2022年12月31日",
                        "state": "没有做到",
                        "is_kept": False,
                    },
                ],
            }
            for number, case in enumerate(made, start=1)
        ],
        "index": [
            {
                "letter": "D",
                "entries": [
                    {"name": case["names"][0], "places": [number]}
                    for number, case in enumerate(made, start=1)
                ],
            }
        ],
        "cases": made,
    }


def make_job(folder: Path, kind: str = "public", book: dict[str, Any] | None = None) -> Path:
    """Write a job with its pictures into a folder, as the building does."""
    book = book or sample_book()
    press = kind in {"print", "internal"}
    job = {
        "kind": kind,
        "book": book,
        "form": {
            "size": "k16",
            "press": press,
            "large": kind == "large",
            "multiple": 4,
            "paper": 100,
        },
        "timestamp": 1_678_291_200,
        "memory_mib": 1024,
    }
    originals = folder / ORIGINALS
    originals.mkdir(parents=True)
    for number, key in enumerate(_keys(book)):
        (originals / str(key)).write_bytes(photograph(number % 9))
    (folder / JOB).write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    return folder


def _keys(book: dict[str, Any]) -> list[int]:
    found = []
    for case in book["cases"]:
        found += [case["lead"]["image"]] if case["lead"] else []
        for part in case["parts"]:
            for element in part["elements"]:
                found += [one["image"] for one in element.get("figures", [])]
    return found
