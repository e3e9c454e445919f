"""Who took over one of the four ones in 2022; every name is invented."""

from dataclasses import dataclass
from datetime import date

from partybuilding.demo.content.shapes import Person


@dataclass(frozen=True)
class Handover:
    """One duty of one project that passed on.

    Args:
        project: key of the application.
        duty: the code of the duty.
        recorded: the day on which the department wrote it down.
        since: the first day of the successor.
        person: the successor; None for the leader of the login "leader".
    """

    project: str
    duty: str
    recorded: date
    since: date
    person: Person | None = None


# fmt: off
HANDOVERS: tuple[Handover, ...] = (
    Handover("shicheng-2022", "liaison", date(2022, 6, 28), date(2022, 7, 1), Person("苏知棠", "区委组织部组织二科干部")),
    Handover("lizi-2022", "leader", date(2022, 8, 15), date(2022, 8, 15)),
    Handover("juanyan-2022", "team", date(2022, 9, 5), date(2022, 9, 5), Person("红色驿站节日值守队", "厂社两方党员志愿者")),
    Handover("guanzhuang-2022", "liaison", date(2022, 9, 19), date(2022, 9, 26), Person("骆清禾", "区委组织部组织一科干部")),
    Handover("shichangjg-2022", "leader", date(2022, 10, 10), date(2022, 10, 10)),
    Handover("zhongyiyuan-2022", "secretary", date(2022, 10, 31), date(2022, 11, 1), Person("柏承舟", "区中医院党委书记")),
)
# fmt: on
