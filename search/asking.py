"""How people ask: what of a question only asks, and is looked for nowhere."""

import re

from search.folding import fold
from search.terms import QUOTED

#: Words that ask, longer ones first; every one may stand anywhere in a question.
# fmt: off
ASKING = (
    "在哪里", "在哪儿", "到哪里", "去哪里", "哪里有", "哪里可以", "哪里能", "在什么地方", "什么地方", "有没有地方",
    "什么时候", "什么时间", "多长时间", "几点钟", "几点", "几号", "哪一天", "哪天", "何时", "多久", "应该怎么办理",
    "怎么办理", "如何办理", "怎么办", "怎么样", "怎么回事", "怎么走", "怎么弄", "怎样", "怎么", "如何", "为什么",
    "为啥", "咋办", "咋样", "咋个", "啥子", "什么", "哪里", "哪儿", "哪些", "哪个", "哪家", "多少钱", "多少", "找谁",
    "谁来", "谁能", "谁管", "谁负责", "归谁管", "跟谁说", "找哪个", "由谁", "要不要", "该不该", "可不可以", "能不能",
    "有没有", "是不是", "会不会", "行不行", "好不好", "有什么", "有哪些", "请问", "我想知道", "我想", "想知道",
    "想问", "问一下", "想了解", "怎么知道", "可以", "需要", "应该", "能够", "一下", "自己", "有关", "关于", "在哪",
    "去哪", "的时候", "时候", "的地方", "地方", "的话", "我们", "咱们", "你们", "我家", "别人", "我妈妈", "我爸爸",
    "我妈", "我爸", "我爷爷", "我奶奶", "我儿子", "我女儿", "我娃儿", "我孩子", "我老伴", "我老公", "我老婆", "人家",
    "大家", "听说", "听人说", "晓得", "知不知道", "晓不晓得", "觉得", "感觉", "好像", "老是", "总是", "经常", "一直",
    "已经", "还是", "就是", "都是", "只是", "非要", "一定要", "必须", "到底", "究竟", "有点", "特别", "现在", "以后",
    "之后", "之前", "因为", "所以", "但是", "不过", "如果", "要是", "这个", "那个", "这些", "那些", "这种", "那种",
    "这样", "那样", "这里", "那里", "有什么办法", "有啥办法", "想办法", "有没得", "得不得", "可不可", "是不是要",
    "需不需要", "用不用", "帮帮忙", "麻烦问", "想请问", "想咨询", "谢谢", "你好", "您好", "请教一下", "告诉我",
    "说一下",
)
# fmt: on
WORDS = re.compile("|".join(sorted(map(re.escape, ASKING), key=len, reverse=True)))
#: Single characters that only ask or join: at the end, at the beginning, or between words.
ENDING = re.compile(r"(?:[吗呢吧啊呀么了]|(?<!目)的)+(?=\s|$)")
BEGINNING = re.compile(
    r"(?:(?<=\s)|^)(?:(?:在(?![外家校职线])|[给把被让向对跟和与及有想要去到])+)(?=[\w]{2})"
)
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


def ways_of_asking(q: str) -> list[str]:
    """Return the matter of a question and the question itself; quoted phrases stay as they are."""
    return list(dict.fromkeys([fold(matter_of(q)), fold(q)]))
