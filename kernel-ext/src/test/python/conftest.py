"""The kernel "reprise" of the active Jupyter environment, as a real process."""

import os
import queue
import time

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager


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


CPU = ("((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory"
       ".getOperatingSystemMXBean()).getProcessCpuTime() / 1e9")


def cpu(kernel):
    return float(kernel.run(CPU).text)


def falls_idle(kernel):
    """Whether the process comes to rest. The JVM compiles for a while after a loop ended; a loop that runs on never
    leaves it a quiet window."""
    for _ in range(20):
        before = cpu(kernel)
        time.sleep(0.6)
        if cpu(kernel) - before < 0.15:
            return True
    return False
