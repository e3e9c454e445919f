"""Compute an evaluation again: python recompute.py run.json [published digest]; needs only Python 3.11.

Written apart from the program that made the file; exits 0 only when every row is what was announced.
重新计算评审结果，逐行与公布结果比对：完全一致时退出码为0，不一致时为1并逐项列出。
"""

import hashlib
import json
import sys
from decimal import Context, Decimal
from fractions import Fraction as F  # noqa: N817

PARTS = ("expert", "daily", "initial", "peer")
ROOTS = Context(prec=40)


def digest(data):
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def mean(values):
    return sum(values, F(0)) / len(values)


def deviation(values):
    square = mean([(value - mean(values)) ** 2 for value in values])
    return F(ROOTS.sqrt(ROOTS.divide(Decimal(square.numerator), Decimal(square.denominator))))


def severities(sheets, robust):
    """评委宽严：同一项目的打分之差，解出每位评委比其他评委高（+）或低（-）多少分，全体之和为0。"""
    judges = sorted({one["judge"] for one in sheets})
    place, size = {judge: at for at, judge in enumerate(judges)}, len(judges)
    rows = [[F(0)] * (size + 1) for _ in judges]
    for project in {one["project"] for one in sheets}:
        group = [(place[s["judge"]], F(s["points"])) for s in sheets if s["project"] == project]
        for at, points in group:
            rows[at][at] += 1
            rows[at][size] += points - mean([other for _, other in group])
            for other, _ in group:
                rows[at][other] -= F(1, len(group))
    rows[-1] = [F(1)] * size + [F(0)]
    for at in range(size):
        lead = next((row for row in range(at, size) if rows[row][at]), at)
        rows[at], rows[lead] = rows[lead], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for row in range(size):
            if row != at and rows[row][at]:
                factor = rows[row][at]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[at], strict=True)]
    counts = {judge: sum(one["judge"] == judge for one in sheets) for judge in judges}
    trust = {judge: F(n, n + 4) if robust else 1 for judge, n in counts.items()}
    return {judge: rows[place[judge]][size] * trust[judge] for judge in judges}


def by_project(sheets, off):
    found = {}
    for one in sheets:
        found.setdefault(one["project"], []).append(F(one["points"]) - off.get(one["judge"], 0))
    return found


def expert_scores(rules, sheets, groups):
    method = rules["method"]
    given = by_project(sheets, severities(sheets, rules["robust"]) if "two" in method else {})
    if method.endswith("trimmed"):
        given = {name: sorted(own)[1:-1] if len(own) >= 5 else own for name, own in given.items()}
    raw = {name: mean(own) for name, own in given.items()}
    if method != "z_groups":
        return raw
    middle, width, found = mean(list(raw.values())), deviation(list(raw.values())), {}
    for name, value in raw.items():
        own = [other for one, other in raw.items() if groups[one] == groups[name]]
        wide = deviation(own)
        found[name] = middle + ((value - mean(own)) / wide if wide else 0) * width
    return found


def points_of(data):
    rules, groups = data["rules"], {one["id"]: one["group"] for one in data["projects"]}
    experts = expert_scores(rules, data["sheets"], groups)
    peers, found = by_project(data["peers"], {}), {}
    for one in data["projects"]:
        name, daily = one["id"], [F(points) for points in one["daily"]]
        own = {"expert": experts.get(name), "daily": mean(daily) if daily else None}
        own["initial"] = None if one["initial"] is None else F(one["initial"])
        own["peer"] = mean(peers[name]) if name in peers else None
        off = [part for part in PARTS if not rules["weights"].get(part) or part in one["excused"]]
        found[name] = {part: v for part, v in own.items() if v is not None and part not in off}
    if rules["standardise"]:
        for part in PARTS:
            values = [own[part] for own in found.values() if part in own]
            middle, width = (mean(values), deviation(values)) if values else (0, 0)
            for own in [one for one in found.values() if part in one]:
                own[part] = 80 + (5 * (own[part] - middle) / width if width else 0)
    return found


def table_of(data):
    rules, parts, total = data["rules"], points_of(data), {}
    for name, own in parts.items():
        whole = F(sum(rules["weights"][part] for part in own))
        total[name] = sum(rules["weights"][part] * value for part, value in own.items()) / whole

    def key(name, rule):
        if rule == "lot":
            return 0, hashlib.sha256(f"{rules['seed']}\n{name}".encode()).hexdigest()
        return (0, -parts[name][rule]) if rule in parts[name] else (1, F(0))

    order = sorted(total, key=lambda n: (-total[n], *(key(n, rule) for rule in rules["ties"]), n))
    places = [grade["code"] for grade in rules["grades"] for _ in range(grade["places"])]
    instead = {one["project"]: one["grade"] for one in data["overrides"]}
    rows, before = [], None
    for at, name in enumerate(order):
        tie, rank = "", at + 1
        if before and total[before] == total[name]:
            tie = next((rule for rule in rules["ties"] if key(before, rule) != key(name, rule)), "")
            rank = rank if tie else rows[-1]["rank"]
        row = {"project": name, "rank": rank, "tie": tie, "composite": str(total[name]), "yuan": 0}
        ranked, before = places[at] if at < len(places) else "", name
        rows.append({**row, "ranked_grade": ranked, "grade": instead.get(name, ranked)})
    for grade in rules["grades"]:
        takers = [row for row in rows if row["grade"] == grade["code"]]
        for at, row in enumerate(takers):
            whole, rest = divmod(grade["yuan"], len(takers))
            row["yuan"] = whole + (at < rest) if grade["pool"] else grade["yuan"]
    return rows


def main(path, published=None):
    with open(path, encoding="utf-8") as file:
        run = json.load(file)
    found, told, faults = table_of(run["inputs"]), run["result"]["rows"], []
    own = digest({"inputs": run["inputs"], "result": run["result"]})
    if own != run["digest"] or published not in (own, None):
        faults.append("文件内容与公布的校验值不符")
    if len(found) != len(told):
        faults.append(f"重新计算得{len(found)}行，公布{len(told)}行")
    for mine, theirs in zip(found, told, strict=False):
        off = [name for name, value in mine.items() if theirs.get(name) != value]
        faults += [f"第{mine['rank']}名 {mine['project']}：{name}应为{mine[name]}" for name in off]
        score = f"{float(F(mine['composite'])):.4f}"
        print(mine["rank"], mine["project"], score, mine["grade"] or "-", mine["yuan"], sep="\t")
    print("\n".join(faults) or f"一致：{len(found)}行全部相符，校验值{own}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
