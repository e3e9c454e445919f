"""Which worker runs what: test by test in order, but all that reads the demonstration together."""

from typing import Any

from xdist.scheduler.loadscope import LoadScopeScheduling

DEMONSTRATION = "tests/demonstration/"


class DemonstrationTogether(LoadScopeScheduling):
    """Let one worker play the demonstration, once, and first; it is the longest piece of the suite."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what is not to be torn apart: the folder of the demonstration, or a single test."""
        return DEMONSTRATION if nodeid.startswith(DEMONSTRATION) else nodeid


def scheduler(config: Any, log: Any) -> DemonstrationTogether:
    """Return the scheduler that pytest-xdist asks for."""
    return DemonstrationTogether(config, log)
