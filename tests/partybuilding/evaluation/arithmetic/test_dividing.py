"""Groups, links and circles by lot: within their bounds, the same again, and honest where it cannot be done."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from partybuilding.evaluation.arithmetic.dividing import divide
from partybuilding.evaluation.arithmetic.linking import (
    circle,
    hangs_together,
    join_small,
    link,
    sheets_by_judge,
)
from partybuilding.evaluation.arithmetic.lots import Lots, commitment_of, lot_of, seed_of

GROUPS = [f"g{number}" for number in range(6)]
PROJECTS = [f"p{number:03d}" for number in range(64)]
JUDGES = {group: [f"{group}j{number}" for number in range(5)] for group in GROUPS}


def traits(seed: int) -> dict[str, list[str]]:
    random = Random(seed)
    return {
        one: [f"sector:{random.randrange(7)}", f"unit:{random.randrange(20)}"] for one in PROJECTS
    }


def test_a_stream_of_lots_is_its_seeds_alone_and_fair() -> None:
    first, again = Lots("seed"), Lots("seed")
    drawn = [first.below(6) for _ in range(6000)]
    assert drawn == [again.below(6) for _ in range(6000)]
    assert all(850 < count < 1150 for count in Counter(drawn).values())
    assert Lots("seed").shuffled("abcdef") != Lots("other").shuffled("abcdef")
    assert sorted(Lots("x").shuffled(PROJECTS)) == PROJECTS


def test_what_is_published_binds_secret_and_list() -> None:
    published = commitment_of("secret", "list")
    assert published not in (commitment_of("other", "list"), commitment_of("secret", "longer"))
    assert seed_of("secret", "one") != seed_of("secret", "other")
    assert lot_of("seed", "a") != lot_of("seed", "b")


@pytest.mark.parametrize("seed", range(12))
def test_sizes_and_traits_lie_within_one_and_conflicts_hold(seed: int) -> None:
    random = Random(seed)
    forbidden = {(random.choice(PROJECTS), random.choice(GROUPS)) for _ in range(33)}
    own = traits(seed)
    found = divide(own, GROUPS, forbidden, Lots(str(seed)))
    assert found == divide(own, GROUPS, forbidden, Lots(str(seed)))
    assert not found.broken
    sizes = Counter(found.group_of.values())
    assert max(sizes.values()) - min(sizes.values()) <= 1
    assert not forbidden & set(found.group_of.items())
    whole = Counter(trait for one in own.values() for trait in one)
    for group in GROUPS:
        inside = Counter(t for one, g in found.group_of.items() if g == group for t in own[one])
        assert all(n // 6 <= inside[trait] <= -(-n // 6) for trait, n in whole.items())


def test_what_nobody_may_score_is_named() -> None:
    forbidden = {("p000", group) for group in GROUPS}
    found = divide(traits(1), GROUPS, forbidden, Lots("x"))
    assert [(one.code, one.project) for one in found.broken if one.code == "conflict"] == [
        ("conflict", "p000")
    ]
    assert "p000" not in found.group_of


def test_a_trait_that_must_be_heaped_is_named_with_its_group() -> None:
    own = {one: ["unit:1"] if one < "p002" else [] for one in PROJECTS[:4]}
    forbidden = {("p000", "g1"), ("p001", "g1")}
    found = divide(own, GROUPS[:2], forbidden, Lots("x"))
    assert ("spread", "g0", "unit:1") in {(one.code, one.group, one.trait) for one in found.broken}


def test_room_is_made_in_a_full_group_for_what_fits_nowhere_else() -> None:
    own: dict[str, list[str]] = {one: [] for one in PROJECTS[:6]}
    forbidden = {(PROJECTS[at], group) for at in (0, 1, 2) for group in GROUPS[1:3]}
    for seed in range(20):
        found = divide(own, GROUPS[:3], forbidden - {("p002", "g1")}, Lots(str(seed)))
        assert not found.broken
        assert set(Counter(found.group_of.values()).values()) == {2}


@pytest.mark.parametrize("cross", [2, 3, 4])
def test_links_join_all_judges_whoever_is_left_out_and_are_spread_within_one(cross: int) -> None:
    group_of = divide(traits(5), GROUPS, set(), Lots("x")).group_of
    found = link(JUDGES, group_of, cross, {("g0j0", "p001")}, Lots("y"))
    assert found.is_firm
    assert set(map(len, sheets_by_judge(found.pairs).values())) == {cross}
    assert all(group_of[project] != judge[:2] for judge, project in found.pairs)
    assert ("g0j0", "p001") not in found.pairs
    extra = Counter(project for _judge, project in found.pairs)
    counts = [extra[one] for one in PROJECTS]
    assert max(counts) - min(counts) <= 1


def test_groups_without_links_do_not_hang_together() -> None:
    group_of = divide(traits(5), GROUPS, set(), Lots("x")).group_of
    assert not hangs_together(JUDGES, group_of, [])
    assert not link(JUDGES, group_of, 0, set(), Lots("y")).is_firm


@pytest.mark.parametrize(("size", "k"), [(7, 3), (11, 5), (13, 5), (24, 3), (64, 5)])
def test_in_a_circle_all_give_and_get_k_and_nobody_reviews_each_other(size: int, k: int) -> None:
    for seed in range(100):
        found = circle(PROJECTS[:size], k, lambda a, b: False, Lots(str(seed)))
        assert {len(own) for own in found.reviews.values()} == {k}
        got = Counter(one for own in found.reviews.values() for one in own)
        assert set(got.values()) == {k}
        assert len(got) == size
        assert not any(a in found.reviews[b] for a in found.reviews for b in found.reviews[a])
        assert not any(one in own for one, own in found.reviews.items())


def test_partners_of_one_project_stand_apart_in_the_circle() -> None:
    close = {frozenset(pair) for pair in [("p000", "p001"), ("p001", "p002"), ("p003", "p004")]}
    for seed in range(50):
        found = circle(PROJECTS[:24], 5, lambda a, b: frozenset((a, b)) in close, Lots(str(seed)))
        assert found.is_apart
        assert not any(b in found.reviews[a] or a in found.reviews[b] for a, b in map(tuple, close))


def test_a_circle_that_cannot_part_them_says_so() -> None:
    assert not circle(PROJECTS[:5], 2, lambda a, b: True, Lots("x")).is_apart
    with pytest.raises(ValueError, match="more projects"):
        circle(PROJECTS[:3], 3, lambda a, b: False, Lots("x"))


def test_fields_that_are_too_small_are_joined() -> None:
    fields = {"rural": PROJECTS[:20], "school": PROJECTS[20:24], "hospital": PROJECTS[24:27]}
    found = join_small(fields, 3)
    assert [(names, len(own)) for names, own in found] == [
        (("hospital", "school"), 7),
        (("rural",), 20),
    ]
    assert [len(own) for _names, own in join_small({"one": PROJECTS[:3]}, 5)] == [3]
    parts = [set(own) for _names, own in found]
    assert not any(a & b for a, b in combinations(parts, 2))
