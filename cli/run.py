"""Runs notebooks with the real kernel, without a browser. Runs inside the project's own Python."""
import argparse
import asyncio
import contextlib
import copy
import os
import re
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from jupyter_client import AsyncKernelManager

from cli import ledger, notebooks
from cli.environment import HOME, LOGS, ROOT, show

RUNS = HOME / "runs"
SALVAGE = "paper.verdict()"


@dataclass
class Outcome:
    """What one notebook's run gave."""

    path: Path
    claims: dict = None
    seconds: float = 0
    memory: int = 0
    problems: list = field(default_factory=list)
    notebook: object = None

    def count(self, verdict):
        return sum(claim["verdict"] == verdict for claim in self.claims["claims"]) if self.claims else 0

    @property
    def failed(self):
        return bool(self.problems) or self.count("fails") > 0

    def line(self):
        if self.claims:
            parts = [f"{self.count('holds')} passed", f"{self.count('fails')} failed",
                     f"{self.count('not checked')} not checked"]
            if self.count("not reproduced"):
                parts.append(f"{self.count('not reproduced')} not reproduced")
            counts = " / ".join(parts)
        else:
            counts = "no claims"
        mark = "FAILED" if self.failed else "ok"
        memory = f"{self.memory} MB" if self.memory else "memory unknown"
        lines = [f"{self.path.stem}: {mark}  {counts}  {self.seconds:.1f} s  {memory}"]
        return "\n".join(lines + [f"  {problem}" for problem in self.problems])


class Runner:
    def __init__(self, options):
        self.options = options
        self.started = time.monotonic()
        self.places = asyncio.Semaphore(max(1, options.jobs))
        self.now = {}

    async def every(self, paths):
        """Runs all, prints each as it ends; outcomes in the order of the paths."""
        tasks = [asyncio.create_task(self.one(path)) for path in paths]
        ticker = asyncio.create_task(self.tick(len(paths)))
        try:
            for next_done in asyncio.as_completed(tasks):
                outcome = await next_done
                show("")
                print(outcome.line(), flush=True)
            return [task.result() for task in tasks]
        finally:
            for task in [*tasks, ticker]:
                task.cancel()
            await asyncio.gather(*tasks, ticker, return_exceptions=True)

    async def tick(self, total):
        """Where the run is, for somebody who waits at a terminal."""
        while True:
            running = ", ".join(f"{name} cell {cell}" for name, cell in self.now.items())
            show(f"{time.monotonic() - self.started:.0f} s  {running}")
            await asyncio.sleep(1)

    async def one(self, path):
        async with self.places:
            outcome = Outcome(path)
            source = nbformat.read(path, as_version=4)
            cells = len(source.cells)
            notebook = emptied(source)
            environment = os.environ | {
                "REPRISE_SCALE": self.options.scale, "REPRISE_BACKEND": self.options.backend, "REPRISE_HEADLESS": "1"}
            environment.pop("REPRISE_SEED", None)
            if self.options.seed is not None:
                environment["REPRISE_SEED"] = str(self.options.seed)
            manager = AsyncKernelManager(kernel_name="reprise")
            client = NotebookClient(
                notebook, km=manager, timeout=None, record_timing=False,
                resources={"metadata": {"path": str(path.parent)}})
            client.on_cell_start = lambda cell, cell_index: self.now.update({path.stem: f"{cell_index + 1}/{cells}"})
            LOGS.mkdir(parents=True, exist_ok=True)
            began = time.monotonic()
            try:
                with open(LOGS / f"{path.stem}.log", "wb") as log:
                    await self.execute(client, outcome, environment, log)
            finally:
                self.now.pop(path.stem, None)
            outcome.seconds = time.monotonic() - began
            outcome.claims = ledger.claims_of(notebook) or outcome.claims
            self.judge(outcome, notebook)
            return outcome

    async def execute(self, client, outcome, environment, log):
        # The manager is ours, so that its kernel is ended whatever happens to the notebook.
        manager = client.km
        try:
            await manager.start_kernel(env=environment, stderr=log, stdout=log, cwd=str(outcome.path.parent))
            client.kc = manager.client()
            client.kc.start_channels()
            await client.kc.wait_for_ready(timeout=120)
            process = psutil.Process(manager.provisioner.process.pid)
            watch = asyncio.create_task(self.watch(process, outcome))
            try:
                await self.cells(client, outcome)
            finally:
                outcome.memory = max(outcome.memory, resident(process))
                watch.cancel()
        except DeadKernelError:
            outcome.problems.append(f"the kernel died; see .reprise/logs/{outcome.path.stem}.log")
        except RuntimeError as error:
            outcome.problems.append(f"the kernel did not start: {error}; see .reprise/logs/{outcome.path.stem}.log")
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            with contextlib.suppress(Exception):
                await asyncio.shield(manager.shutdown_kernel(now=True))

    async def cells(self, client, outcome):
        client.code_cells_executed = 0
        client.reset_execution_trackers()
        for index, cell in enumerate(client.nb.cells):
            try:
                await client.async_execute_cell(cell, index)
            except CellExecutionError as error:
                if not closing(cell):
                    outcome.problems.append(f"cell {index + 1}: {error.ename}: {message(error.evalue)}")
                    outcome.claims = await self.salvage(client)
                return

    async def salvage(self, client):
        """The claims that were measured before a cell failed; the others count as failed."""
        cell = nbformat.v4.new_code_cell(SALVAGE)
        scratch = copy.copy(client.nb)
        client.nb = nbformat.v4.new_notebook(cells=[cell])
        try:
            await client.async_execute_cell(cell, 0)
        except CellExecutionError:
            return None
        finally:
            found = ledger.claims_of(client.nb)
            client.nb = scratch
        return found

    async def watch(self, process, outcome):
        while True:
            outcome.memory = max(outcome.memory, resident(process))
            await asyncio.sleep(0.5)

    def judge(self, outcome, notebook):
        """Adds what the notebook itself cannot know, and keeps its outputs."""
        if outcome.claims is None and outcome.path.stem in notebooks.catalogue():
            outcome.problems.append("the notebook shows no claims: it must call paper.verdict()")
        if outcome.claims is not None:
            for name in ledger.vanished(outcome.claims):
                outcome.problems.append(
                    f"claim {name} vanished: if that was meant, delete its line in notebooks/ledger.json")
            for claim in outcome.claims["claims"]:
                if claim["verdict"] == "fails":
                    outcome.problems.append(
                        f"claim {claim['id']} fails: expected {claim['expected']}, measured {claim['measured']}, "
                        f"control {claim['control']}" + (f" ({claim['note']})" if claim.get("note") else ""))
        finished(notebook)
        outcome.notebook = notebook
        RUNS.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, RUNS / f"{outcome.path.stem}-{self.options.scale}.ipynb")
        stored = self.options.scale == "full" and self.options.seed is None and self.options.backend == "cpu"
        if stored and self.options.store and not outcome.failed:
            nbformat.write(notebook, outcome.path)


def message(text):
    first = re.sub(r"\x1b\[[0-9;]*m", "", text or "").strip().split("\n")[0]
    return first[:200]


def closing(cell):
    """The last cell fails the notebook by design when a claim failed; the claims say it better."""
    return "paper.close()" in cell.source


def resident(process):
    """The largest resident memory so far, in MB."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) // 1024
    except (OSError, AttributeError):
        try:
            usage = process.memory_info()
            return getattr(usage, "peak_wset", usage.rss) // 2**20
        except psutil.Error:
            return 0


def emptied(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def finished(notebook):
    """Drops what would make two runs of the same notebook differ."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("metadata", {}).pop("transient", None)


def parse(words):
    parser = argparse.ArgumentParser(prog="reprise run")
    parser.add_argument("--scale", default="quick")
    parser.add_argument("--backend", default="cpu")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--no-store", dest="store", action="store_false")
    parser.add_argument("names", nargs="*")
    return parser.parse_args(words)


async def all_of(options):
    task = asyncio.current_task()
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its loop
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    return await Runner(options).every(notebooks.select(options.names))


def main(words):
    options = parse(words)
    try:
        outcomes = asyncio.run(all_of(options))
    except (asyncio.CancelledError, KeyboardInterrupt):
        print("reprise: stopped; no kernel is left running", file=sys.stderr)
        return 130
    if options.store:
        ledger.store([ledger.record(o.claims, o.seconds, o.memory) for o in outcomes if o.claims])
        ledger.gallery()
    failed = [outcome for outcome in outcomes if outcome.failed]
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
