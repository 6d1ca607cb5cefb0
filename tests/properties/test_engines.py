"""The engine ``slz`` gives what a kernel gives, and survives what a child may die of."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from nbformat import v4
from papermill.engines import NBClientEngine, PapermillEngines
from papermill.execute import prepare_notebook_metadata
from papermill.iorw import load_notebook_node

from slz_lib.errors import ExecutionError
from slz_lib.production.edition import normalised, notebook_text
from slz_lib.production.engine import ENGINES, NBCLIENT, SLZ, Running
from slz_lib.production.engine.engine import SlzEngine
from slz_lib.production.engine.server import server
from slz_lib.production.execution import KERNEL, read_notebook, run
from tests.commands.batch_sample import environment, processes, until
from tests.conftest import ROOT

if TYPE_CHECKING:
    from nbformat import NotebookNode

pytestmark = pytest.mark.thorough

#: Cells whose outputs are easily got wrong, one after another in one notebook. A kernel reads what
#: other processes write in a thread of its own and may give it to the next cell; ours never does.
#: The cells that ask for it wait, so that the kernel can keep up. Long output is many lines: over
#: one long line nbclient's expressions take half a minute.
AWKWARD = {
    "text on both streams, in turns": """
import sys
print("a"); print("b", file=sys.stderr); print("c", end="")
""",
    "what another process writes": """
import subprocess
print("before", flush=True)
import time
subprocess.run(["echo", "from outside"], check=True); time.sleep(0.5)
""",
    "compiled code writes past Python": """
import os
os.write(1, b"raw\\n"); time.sleep(0.5)
""",
    "more than a pipe holds": """
subprocess.run([sys.executable, "-c", "print(*['x' * 99] * 2_000, sep=chr(10))"], check=True)
time.sleep(1)
""",
    "a line written over and over": 'print("1 z 2\\r2 z 2\\rhotovo")',
    "the shell's own escape": "!echo escaped",
    "a display is updated later": """
from IPython.display import HTML, SVG, Image, Javascript, Markdown, clear_output, display
handle = display("first", display_id="known")
""",
    "the update comes from another cell": 'handle.update("second")',
    "a display is cleared": """
print("gone"); clear_output(); print("kept")
""",
    "a display is cleared only when the next comes": """
print("old"); clear_output(wait=True); print("new")
""",
    "rich objects": """
display(HTML("<b>tučně</b>"), Markdown("*šikmo*"), {"klíč": [1, 2]}, metadata={"a": 1})
""",
    "an object with many forms": """
class Rich:
    def _repr_html_(self):
        return "<i>h</i>"
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"application/json": {"a": 1}, "text/plain": "t"}, {"text/plain": {"m": 1}}
Rich()
""",
    "a value": "6 * 7",
    "no value": "6 * 7;",
    "the value before last": "_",
    "the number of a cell": "print(len(In), sorted(Out)[:2])",
    "a data frame": """
import pandas as pd
pd.DataFrame({"a": [1, 2], "b": ["č", None]})
""",
    "a figure nobody shows": """
import matplotlib.pyplot as plt
plt.plot([1, 2], [3, 4]);
""",
    "a figure as the value": """
figure, axes = plt.subplots()
axes.set_title("Žluťoučký")
figure
""",
    "pictures of another format": """
%config InlineBackend.figure_formats = ["svg"]
plt.rcParams["svg.hashsalt"] = "s"
plt.figure().text(0.5, 0.5, "x");
""",
    "a magic that measures nothing": """
%%capture caught
print("inside")
""",
    "what was captured": "caught.stdout",
    "warnings": """
import warnings
warnings.warn("pozor", stacklevel=1)
""",
    "await": """
import asyncio
await asyncio.sleep(0)
"done"
""",
    "the module of the notebook": "__name__",
    "a function sees the notebook's names": """
def later():
    return handle is not None
later()
""",
    "a picture in bytes": """
Image(b"\\x89PNG\\r\\n\\x1a\\n" + b"0" * 30, format="png")
""",
    "an empty cell": "  ",
    "a backend chosen by a magic": """
%config InlineBackend.figure_formats = ["png"]
%matplotlib inline
plt.plot([1, 2]);
""",
    "help": "print?",
    "a task in the loop": "task = asyncio.create_task(asyncio.sleep(0, 'slept'))",
    "its result": "await task",
    "pools": """
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool
def square(number):
    return number**2
for kind in (Pool, ProcessPoolExecutor, ThreadPoolExecutor):
    with kind(2) as workers:
        print(list(workers.map(square, [1, 2])))
""",
    "another program": "%%bash\necho a; echo b >&2",
    "another folder": "%cd /",
    "names of everything": "%pylab inline --no-import-all\nnp.arange(3)",
    "an end that keeps the kernel": "exit(keep_kernel=True)",
}
#: Cells that fail and are marked as allowed to, so that one notebook holds them all.
FAILING = {
    "an error deep in a call": """
def inner():
    return 1 / 0
inner()
""",
    "a fault of syntax": "x = = 1",
    "an unknown magic": "%nothing",
    "input": 'print("before")\ninput("name: ")',
    "the end of the program": "raise SystemExit(3)",
    "an interrupt": "raise KeyboardInterrupt",
    "a second loop": "asyncio.run(asyncio.sleep(0))",
    "an error with a Czech message": 'raise ValueError("špatná hodnota")',
}


#: The error of a cell that asks for input.
NO_INPUT = "StdinNotImplementedError"


def made(*sources: str) -> NotebookNode:
    notebook: NotebookNode = v4.new_notebook(cells=[v4.new_code_cell(s) for s in sources])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    return notebook


def of_engine(notebook: NotebookNode, engine: str, folder: Path) -> list[dict[str, Any]]:
    """The cells of ``notebook`` as an engine leaves them; papermill would stop at any error."""
    engines = PapermillEngines()
    engines.register(SLZ, SlzEngine)
    engines.register(NBCLIENT, NBClientEngine)
    options = {"folder": str(folder)} if engine == SLZ else {"coalesce_streams": True}
    executed = engines.execute_notebook_with_engine(
        engine,
        prepare_notebook_metadata(load_notebook_node(notebook), None, None),
        kernel_name=KERNEL,
        progress_bar=False,
        **options,
    )
    return [plain(cell) for cell in executed.cells]


def plain(cell: NotebookNode) -> dict[str, Any]:
    """A cell's outputs without what names a process.

    Argued differences: a warning names the file that a cell was compiled to, whose name holds the
    number of the process; a traceback is coloured for another terminal; where input was refused, it
    leads through the kernel's own code. Nothing else is set aside.
    """
    outputs = [dict(output) for output in cell.get("outputs", [])]
    for output in outputs:
        if output["output_type"] == "error":
            lines = "" if output["ename"] == NO_INPUT else "\n".join(output["traceback"])
            output["traceback"] = re.sub(r"\x1b\[[0-9;]*m", "", lines).splitlines()
        if output["output_type"] == "stream":
            output["text"] = re.sub(r"/\w+/ipykernel_\d+/\d+\.py:\d+", "CELL", output["text"])
    return {"outputs": outputs, "execution_count": cell.get("execution_count")}


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("divne")
    notebook = made(*AWKWARD.values(), *FAILING.values())
    for cell in notebook.cells[len(AWKWARD) :]:
        cell.metadata["tags"] = ["raises-exception"]
    with pytest.MonkeyPatch.context() as patched:
        # Under pytest a kernel does not catch what other processes write.
        patched.delenv("PYTEST_CURRENT_TEST", raising=False)
        return {engine: of_engine(notebook, engine, folder) for engine in ENGINES}


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_cell_shows_what_it_shows_in_a_kernel(
    name: str, awkward: dict[str, list[dict[str, Any]]]
) -> None:
    place = list(AWKWARD).index(name)
    ours, theirs = (awkward[engine][place] for engine in (SLZ, NBCLIENT))
    assert bool(ours["execution_count"]) is bool(AWKWARD[name].strip()), "not reached"
    assert "error" not in [output["output_type"] for output in ours["outputs"]]
    assert ours == theirs


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_cell_shows_the_error_that_a_kernel_shows(
    name: str, awkward: dict[str, list[dict[str, Any]]]
) -> None:
    """Name, message and traceback alike."""
    place = len(AWKWARD) + list(FAILING).index(name)
    ours, theirs = (awkward[engine][place] for engine in (SLZ, NBCLIENT))
    assert ours["outputs"]
    assert ours == theirs


@pytest.mark.parametrize("name", ["area_brief", "body_brief", "district_brief", "tour"])
def test_a_shipped_notebook_is_the_same_from_both_engines(name: str) -> None:
    source = read_notebook(ROOT / "notebooks" / f"{name}.ipynb")
    folder = ROOT / "notebooks"
    given = {"data": str(ROOT / "data")}
    ours, theirs = (
        notebook_text(
            normalised(
                run(source, given, name=name, folder=folder, how=Running(engine=engine)), given
            )
        )
        for engine in (SLZ, NBCLIENT)
    )
    assert ours == theirs


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os; os._exit(3)", "skončil bez odpovědi"),
        ("import ctypes; ctypes.string_at(0)", "skončil bez odpovědi"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "skončil bez odpovědi"),
        ("while True: pass", "trvala déle než smí (1 s)"),
        ("import time; time.sleep(60)", "trvala déle než smí (1 s)"),
    ],
    ids=["exit", "segfault", "killed", "endless loop", "sleep"],
)
def test_the_death_of_a_child_is_the_cells_error(source: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ExecutionError) as caught:
        run(made("1", source), {}, name="z", folder=tmp_path, how=Running(engine=SLZ, timeout=1))
    assert "2. buňka" in str(caught.value) or "buňka 2" in str(caught.value)
    assert said in str(caught.value).replace("\u00a0", " ")


def test_exit_ends_a_notebook_before_its_next_cell_as_a_kernel_does_soon(tmp_path: Path) -> None:
    assert run(made("exit()"), {}, name="z", folder=tmp_path, how=Running(engine=SLZ)).cells
    with pytest.raises(ExecutionError, match="skončil bez odpovědi"):
        run(made("exit()", "1"), {}, name="z", folder=tmp_path, how=Running(engine=SLZ))


@pytest.mark.parametrize("message", ["pickle.dumps(Evil())", "b'[1'", "b'{}'", "b'[1, 2]'"])
def test_what_a_cell_sends_does_not_run_in_its_parent(message: str, tmp_path: Path) -> None:
    source = f"""
import os, pickle
class Evil:
    def __reduce__(self):
        return os.mkdir, ({str(tmp_path / "spoiled")!r},)
get_ipython().display_pub.session.messages._connection.send_bytes({message})
"""
    with pytest.raises(ExecutionError, match="skončil bez odpovědi"):
        run(made(source), {}, name="z", folder=tmp_path, how=Running(engine=SLZ))
    assert not list(tmp_path.iterdir())


#: What cells may leave behind; each is found by the variable of the test.
LEAVING = {
    "a program": "subprocess.Popen(['sleep', '1000'])",
    "a fork that holds all that is open": "os.fork() or time.sleep(1000)",
    "programs in sessions of their own": """
for _ in range(3):
    if not os.fork():
        os.setsid()
        os.execvp("sleep", ["sleep", "1000"])
""",
    "an orphan": """
if not os.fork():
    os.setsid()
    if not os.fork():
        os.execvp("sleep", ["sleep", "1000"])
    os._exit(0)
""",
}


@pytest.mark.parametrize("foreign", ["None", "()"])
def test_whatever_a_cell_leaves_behind_ends_with_the_notebook(foreign: str, tmp_path: Path) -> None:
    """However the notebook ends, and whether the server forks it or, as a worker, the asker."""
    program = tmp_path / "program.py"
    cell = "\n".join(["import os, subprocess, time", *LEAVING.values()])
    program.write_text(f"""
from pathlib import Path
if __name__ == "__main__":
    from slz_lib.production.engine import Running
    from slz_lib.production.engine.lifeline import adopt
    from slz_lib.production.engine.server import ChildDiedError, ChildTimeoutError, child
    adopt()
    for end in ("", "os._exit(3)", "while True: pass"):
        try:
            with child(Path.cwd(), Running(foreign={foreign})) as running:
                print([kind for kind, _ in running.run({cell!r} + end, "a", 3)])
        except (ChildDiedError, ChildTimeoutError) as error:
            print(type(error).__name__)
""")
    mark = f"SLZ_TEST_LEFT_{len(foreign)}_{os.getpid()}"
    done = subprocess.run(
        [sys.executable, program],
        env=environment(**{mark: mark}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == ["['done']", "ChildDiedError", "ChildTimeoutError"]
    until(lambda: not list(processes(mark)), "a process is left")


def test_a_cell_has_no_terminal_and_may_start_processes_as_in_a_kernel(tmp_path: Path) -> None:
    source = """
import multiprocessing, os
with multiprocessing.get_context("fork").Pool(1) as pool:
    print(os.read(0, 1), pool.map(abs, [-1]))
"""
    done = run(made(source), {}, name="z", folder=tmp_path, how=Running(engine=SLZ))
    assert done.cells[-1].outputs[0].text == "b'' [1]\n"


@pytest.mark.parametrize(
    "source", ["print('a\\ud800b')", "from IPython.display import HTML\nHTML('a\\ud800b')"]
)
def test_half_of_a_sign_in_an_output_is_told_in_a_sentence(source: str, tmp_path: Path) -> None:
    """A kernel puts a question mark in its place."""
    with pytest.raises(ExecutionError, match="text s\u00a0polovinou znaku"):
        run(made(source), {}, name="z", folder=tmp_path, how=Running(engine=SLZ))


def test_a_child_with_too_little_memory_fails_in_its_cell(tmp_path: Path) -> None:
    how = Running(engine=SLZ, memory=2_000_000_000)
    with pytest.raises(ExecutionError, match=r"buňka \d „b = bytearray.*: MemoryError"):
        run(made("b = bytearray(3_000_000_000)"), {}, name="z", folder=tmp_path, how=how)


def test_the_death_of_the_server_is_told_in_a_sentence_and_the_next_run_starts_another(
    tmp_path: Path,
) -> None:
    server()
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    os.kill(pid, signal.SIGSTOP)
    Timer(0.5, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(ExecutionError, match="jádro Pythonu se zastavilo"):
        run(made("1"), {}, name="z", folder=tmp_path, how=Running(engine=SLZ))
    assert run(made("1"), {}, name="z", folder=tmp_path, how=Running(engine=SLZ)).cells


def test_an_interrupt_while_the_server_starts_is_silent(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group of processes."""
    program = tmp_path / "program.py"
    program.write_text("""
from slz_lib.production.engine.server import server
server()
print(flush=True)
input()
""")
    with subprocess.Popen(
        [sys.executable, program],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert err.count("Traceback") == err.count("KeyboardInterrupt") == 1  # the program's own


def test_notebooks_share_nothing(tmp_path: Path) -> None:
    """Names, loaded modules, the working folder and figures of one are not seen by the next."""
    first = made(
        "import os, slz_lib, matplotlib.pyplot as plt",
        "slz_lib.left = 1; plt.rcParams['lines.linewidth'] = 9; os.environ['LEFT'] = '1'; x = 1",
        "plt.plot([1, 2]); os.chdir('/')",
    )
    second = made(
        "import os, slz_lib, matplotlib.pyplot as plt",
        "hasattr(slz_lib, 'left'), plt.rcParams['lines.linewidth'], 'LEFT' in os.environ",
        "'x' in globals(), os.getcwd(), plt.get_fignums(), len(In)",
    )
    run(first, {}, name="a", folder=tmp_path, how=Running(engine=SLZ))
    cells = of_engine(second, SLZ, tmp_path)
    assert cells[1]["outputs"][0]["data"]["text/plain"] == "(False, 1.5, False)"
    said = cells[2]["outputs"][0]["data"]["text/plain"]
    assert ast.literal_eval(said) == (False, str(tmp_path), [], 4)


def test_the_parent_keeps_its_folder_and_its_streams(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = Path.cwd()
    run(made("print('inside')\n!echo loud"), {}, name="z", folder=tmp_path, how=Running(engine=SLZ))
    assert Path.cwd() == before
    assert capfd.readouterr() == ("", "")


def test_another_active_environment_neither_warns_nor_is_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "other"))
    (tmp_path / "other" / "lib").mkdir(parents=True)
    (cell,) = of_engine(made("import sys; any('other' in p for p in sys.path)"), SLZ, tmp_path)
    assert [output["output_type"] for output in cell["outputs"]] == ["execute_result"]
    assert cell["outputs"][0]["data"]["text/plain"] == "False"


def test_a_child_that_dies_when_all_cells_are_done_is_told_in_a_sentence(tmp_path: Path) -> None:
    source = """
import os
from slz_lib.production.engine.child import Opened
Opened.told = lambda _: os._exit(7)
"""
    with pytest.raises(ExecutionError, match="jádro Pythonu se zastavilo"):
        run(made(source), {}, name="zkouska", folder=tmp_path)


def test_what_lies_in_the_working_folder_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("raise SystemExit('not pandas')")
    source = f"""
from pathlib import Path
from nbformat import v4
from slz_lib.production.engine.server import server
from slz_lib.production.execution import run
server()
if __name__ == "__main__":
    cells = [v4.new_code_cell("x = 1", metadata={{"tags": ["parameters"]}})]
    cells.append(v4.new_code_cell("import pandas; print(pandas.__version__)"))
    notebook = v4.new_notebook(cells=cells)
    done = run(notebook, {{"x": 2}}, name="zkouska", folder=Path({str(ROOT)!r}))
    print(done.cells[-1].outputs[0].text)
"""
    program = tmp_path.parent / "program.py"
    program.write_text(source)
    done = subprocess.run(
        [sys.executable, "-P", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == (pd.__version__, 0), done.stderr


def test_papermill_finds_the_engine_by_its_name() -> None:
    engines = PapermillEngines()
    engines.register_entry_points()
    assert engines.get_engine(SLZ) is SlzEngine
