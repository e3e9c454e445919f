"""The models of every room; Django looks here."""

from partybuilding.boards.models import *  # noqa: F403
from partybuilding.brands.models import *  # noqa: F403
from partybuilding.brands.pages import *  # noqa: F403  # noqa: F403
from partybuilding.casebook.models import *  # noqa: F403
from partybuilding.cases.models import *  # noqa: F403
from partybuilding.cases.pages import *  # noqa: F403  # noqa: F403
from partybuilding.column.doing.pages import *  # noqa: F403
from partybuilding.column.models import *  # noqa: F403
from partybuilding.column.notices.index import *  # noqa: F403
from partybuilding.column.notices.models import *  # noqa: F403
from partybuilding.column.notices.pages import *  # noqa: F403
from partybuilding.column.pages import *  # noqa: F403
from partybuilding.core.models import *  # noqa: F403
from partybuilding.cycles.models import *  # noqa: F403
from partybuilding.evaluation.models import *  # noqa: F403
from partybuilding.following.models import *  # noqa: F403
from partybuilding.inspection.models import *  # noqa: F403
from partybuilding.opendata.models import *  # noqa: F403
from partybuilding.opendata.pages import *  # noqa: F403
from partybuilding.opinions.models import *  # noqa: F403
from partybuilding.opinions.pages import *  # noqa: F403
from partybuilding.organizations.models import *  # noqa: F403
from partybuilding.progress.models import *  # noqa: F403
from partybuilding.projects.models import *  # noqa: F403
from partybuilding.projects.pages import *  # noqa: F403
from partybuilding.supervision.bulletins.pages import *  # noqa: F403
from partybuilding.supervision.index import *  # noqa: F403
from partybuilding.supervision.models import *  # noqa: F403
from partybuilding.supervision.notices.models import *  # noqa: F403
from partybuilding.terms.models import *  # noqa: F403
from partybuilding.texts.models import *  # noqa: F403
from partybuilding.wechat.models import *  # noqa: F403
