"""What is handed out of a run: its file without a name, the script that computes it again, the workbook."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from partybuilding.evaluation import recompute
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.workbook import workbook_of

README = """这是{run}的复核文件，项目、专家和单位均以随机代号表示，不含姓名。

run.json      评审规则、全部评分和结果
recompute.py  复核程序，安装Python 3.11以上版本后运行：python recompute.py run.json {digest}
run.xlsx      带公式的表格，改动任何一个打分，名次和等次随之变化

冻结时公布的校验值：{digest}
"""


def files_of(run: Run) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a run with their names."""
    written = {"inputs": run.inputs, "result": run.result}
    digest = run.digest or run.digest_now()
    text = json.dumps({**written, "digest": digest}, ensure_ascii=False, indent=1, sort_keys=True)
    yield "run.json", text.encode()
    yield "recompute.py", Path(recompute.__file__).read_bytes()
    yield "run.xlsx", workbook_of(written)
    yield "说明.txt", README.format(run=run, digest=digest).encode("utf-8-sig")


def bundle(run: Run) -> bytes:
    """Return the files of a run as a ZIP archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(run):
            archive.writestr(name, content)
    return written.getvalue()
