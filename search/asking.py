"""How people ask: what of a question only asks, and is looked for nowhere."""

import re

from search.folding import fold
from search.terms import QUOTED

#: Words that ask, longer ones first; every one may stand anywhere in a question.
ASKING = (
    *(
        "在哪里",
        "在哪儿",
        "到哪里",
        "去哪里",
        "哪里有",
        "在什么地方",
        "什么地方",
        "什么时候",
        "什么时间",
    ),
    *(
        "应该怎么办理",
        "怎么办理",
        "如何办理",
        "为什么",
        "怎么办",
        "怎么样",
        "怎样",
        "怎么",
        "如何",
        "什么",
    ),
    *(
        "哪里",
        "哪儿",
        "哪些",
        "哪个",
        "哪天",
        "何时",
        "多少钱",
        "多久",
        "找谁",
        "谁来",
        "谁能",
        "谁管",
        "要不要",
        "该不该",
        "请问",
    ),
    *(
        "我想知道",
        "我想",
        "想知道",
        "可不可以",
        "能不能",
        "有没有",
        "是不是",
        "会不会",
        "可以",
        "需要",
    ),
    *("应该", "怎么回事", "一下", "自己", "有关", "关于", "在哪", "去哪"),
)
WORDS = re.compile("|".join(sorted(map(re.escape, ASKING), key=len, reverse=True)))
#: Single characters that only ask or join: at the end, at the beginning, or between words.
ENDING = re.compile(r"(?:[吗呢吧啊呀么了]|(?<!目)的)+(?=\s|$)")
BEGINNING = re.compile(r"(?:(?<=\s)|^)(?:[给在把被让向对跟和与及有想要去到]+)(?=[\w]{2})")
PARTICLE = re.compile(r"(?<=\w)(?<!目)的(?=\w)")
MARKS = re.compile(r"[？?！!。，,、；;：:]+")


def matter_of(q: str) -> str:
    """Return what a question is about, without the words that ask; quoted phrases stay as they are.

    Nothing else left of it, the question itself is returned.
    """
    if QUOTED.search(q):
        return q
    text = MARKS.sub(" ", fold(q))
    for pattern in (WORDS, PARTICLE, ENDING, BEGINNING):
        text = pattern.sub(" ", text)
    text = " ".join(text.split())
    return text if len(text.replace(" ", "")) > 1 else q
