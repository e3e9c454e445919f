"""Who took over one of the four ones in 2022; every name is invented."""

from dataclasses import dataclass

from demonstration.content.shapes import Person


@dataclass(frozen=True)
class Handover:
    """One duty of one project that passed on.

    Args:
        project: key of the application.
        duty: the code of the duty.
        recorded: the day (ISO) on which the department wrote it down.
        since: the first day (ISO) of the successor.
        person: the successor; None for the leader of the login "leader".
    """

    project: str
    duty: str
    recorded: str
    since: str
    person: Person | None = None


# fmt: off
HANDOVERS: tuple[Handover, ...] = (
    Handover("shicheng-2022", "liaison", "2022-06-28", "2022-07-01", Person("苏知棠", "区委组织部组织二科干部")),
    Handover("lizi-2022", "leader", "2022-08-15", "2022-08-15"),
    Handover("juanyan-2022", "team", "2022-09-05", "2022-09-05", Person("红色驿站节日值守队", "厂社两方党员志愿者")),
    Handover("guanzhuang-2022", "liaison", "2022-09-19", "2022-09-26", Person("骆清禾", "区委组织部组织一科干部")),
    Handover("shichangjg-2022", "leader", "2022-10-10", "2022-10-10"),
    Handover("zhongyiyuan-2022", "secretary", "2022-10-31", "2022-11-01", Person("柏承舟", "区中医院党委书记")),
)
# fmt: on
