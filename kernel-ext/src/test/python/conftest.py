"""The kernel "reprise" of the active Jupyter environment, as a real process.

REPRISE_KERNEL_JAVA=/path/to/a/jdk runs it on another JDK, without a class-data archive.
"""

import atexit
import json
import os
import queue
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[4]


def pytest_configure():
    """A specification of the same name before the environment's own, so that all that start kernels take it."""
    if not os.environ.get("REPRISE_KERNEL_JAVA"):
        return
    sys.path.insert(0, str(ROOT))
    from cli import jdk, setup

    java = jdk.read(Path(os.environ["REPRISE_KERNEL_JAVA"]))
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    spec = json.loads((setup.SPEC / "kernel.json").read_text())
    spec["argv"] = setup.command(java)
    (folder / "kernels" / "reprise").mkdir(parents=True)
    (folder / "kernels" / "reprise" / "kernel.json").write_text(json.dumps(spec))
    os.environ["JUPYTER_PATH"] = str(folder)


class Output:
    """What one cell sent: every message of iopub, and the reply."""

    def __init__(self, messages, reply):
        self.messages = messages
        self.reply = reply

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    @property
    def error(self):
        errors = self.of("error")
        return errors[0] if errors else None

    @property
    def shown(self):
        """Data and metadata of displays and results, in order."""
        return [m["content"] for m in self.messages if m["msg_type"] in ("display_data", "execute_result")]

    @property
    def data(self):
        assert self.error is None, "\n".join(self.error["traceback"])
        assert self.shown, f"the cell showed nothing: {[m['msg_type'] for m in self.messages]}"
        return self.shown[-1]["data"]

    @property
    def text(self):
        return self.data["text/plain"]

    @property
    def traceback(self):
        return "\n".join(self.error["traceback"])


class Kernel:
    def __init__(self, spec=None, **env):
        self.began = time.monotonic()
        self.manager = KernelManager(kernel_name="reprise")
        if spec:
            self.manager._kernel_spec = spec
        self.manager.start_kernel(env={**os.environ, "REPRISE_HEADLESS": "0", **env})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.ready_seconds = time.monotonic() - self.began

    def send(self, code):
        return self.client.execute(code)

    def finish(self, request, timeout=60):
        messages = []
        end = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, end - time.monotonic()))
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
            messages.append(message)
        return Output(messages, self.reply(request, max(0.1, end - time.monotonic())))

    def reply_message(self, request, timeout=60):
        end = time.monotonic() + timeout
        while True:
            reply = self.client.get_shell_msg(timeout=max(0.1, end - time.monotonic()))
            if reply["parent_header"].get("msg_id") == request:
                return reply

    def reply(self, request, timeout=60):
        """The content of the reply to a request."""
        return self.reply_message(request, timeout)["content"]

    def run(self, code, timeout=60):
        return self.finish(self.send(code), timeout)

    def comm(self, comm_id, data):
        """Sends a comm message as a front end does."""
        message = self.client.session.msg("comm_msg", {"comm_id": comm_id, "data": data})
        self.client.shell_channel.send(message)

    def wait_for(self, kind, timeout=20):
        """The next message of a kind, whatever it belongs to."""
        end = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, end - time.monotonic()))
            if message["msg_type"] == kind:
                return message

    def silent(self, kind, seconds):
        """That no message of a kind comes for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.client.get_iopub_msg(timeout=max(0.05, end - time.monotonic()))["msg_type"] == kind:
                    return False
            except queue.Empty:
                pass
        return True

    def stop(self):
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        self.client.stop_channels()


@pytest.fixture(scope="module")
def kernel():
    kernel = Kernel()
    yield kernel
    kernel.stop()


@pytest.fixture(scope="module")
def headless():
    kernel = Kernel(REPRISE_HEADLESS="1")
    yield kernel
    kernel.stop()


@pytest.fixture
def fresh():
    """Starts kernels that a test ends itself."""
    kernels = []

    def start(spec=None, **env):
        kernels.append(Kernel(spec, **env))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.stop()


@pytest.fixture
def spec_with():
    """The kernel's specification with more flags for its JVM."""

    def make(*flags):
        spec = KernelSpecManager().get_kernel_spec("reprise")
        spec.argv[1:1] = flags
        return spec

    return make


def thread_seconds(pid):
    """CPU seconds of every thread of a process that runs the reader's code or ours: not of those that compile."""
    tick = os.sysconf("SC_CLK_TCK")
    seconds = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            stat = (task / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        name = stat[stat.index("(") + 1:stat.rindex(")")]
        fields = stat[stat.rindex(")") + 2:].split()
        if "CompilerThre" not in name:
            seconds[f"{name} ({task.name})"] = (int(fields[11]) + int(fields[12])) / tick
    return seconds


def busy_threads(kernel, since):
    """The threads that still burn CPU when one second has passed, with what they used in the second after it.

    The JVM may go on compiling for a while, which is no work of the cell. A loop that runs on takes a whole core, or
    its share of one: on two cores with ten others that want them a fifth. A thread that only waits takes 10 ms.
    """
    pid = kernel.manager.provisioner.process.pid
    time.sleep(max(0, since + 1 - time.monotonic()))
    before = thread_seconds(pid)
    time.sleep(1)
    used = {name: seconds - before.get(name, 0) for name, seconds in thread_seconds(pid).items()}
    return {name: round(seconds, 2) for name, seconds in used.items() if seconds > 0.08}


def at_rest(kernel, timeout=60):
    """Waits until what the kernel does of itself after its start is over; it begins within three seconds."""
    pid = kernel.manager.provisioner.process.pid
    end = time.monotonic() + timeout
    while True:
        before = thread_seconds(pid)
        time.sleep(0.4)
        used = sum(seconds - before.get(name, 0) for name, seconds in thread_seconds(pid).items())
        if used < 0.05 and time.monotonic() > kernel.began + 4:
            return
        assert time.monotonic() < end, "the kernel never rests"
