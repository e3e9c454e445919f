"""The 135 applications of 2022 with their ends, in the order of the modules.

Examples that public reports name carry `REPORTED` and their published figures; everything else,
every person without exception included, is invented.
"""

from demonstration.content.shapes import FinishedApplication
from demonstration.content.year_2022 import (
    government,
    hospital,
    non_public,
    rural_one,
    rural_two,
    school,
    state_owned,
    urban,
)

PROJECTS_2022: tuple[FinishedApplication, ...] = (
    *urban.APPLICATIONS,
    *rural_one.APPLICATIONS,
    *rural_two.APPLICATIONS,
    *government.APPLICATIONS,
    *state_owned.APPLICATIONS,
    *school.APPLICATIONS,
    *hospital.APPLICATIONS,
    *non_public.APPLICATIONS,
)
