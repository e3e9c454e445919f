"""The names in the folder of a job, which the building writes and the press reads, or the other way round."""

from typing import Final

JOB: Final = "job.json"
ORIGINALS: Final = "originals"
EDITION: Final = "edition"
COVER: Final = "cover.png"
RESULT: Final = "result.json"
