"""The 41 applications of the open cycle, in every state; no absolute year is mentioned."""

from demonstration.content.current import decided, with_applicants
from demonstration.content.shapes import CurrentApplication

PROJECTS_CURRENT: tuple[CurrentApplication, ...] = (
    *with_applicants.APPLICATIONS,
    *decided.APPLICATIONS,
)
