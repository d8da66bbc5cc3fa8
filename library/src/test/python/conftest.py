"""The library as a process that answers calls, so that its numbers can be compared with SciPy's."""
import json
import os
import subprocess
import threading

import numpy as np
import pytest

from cli import environment, jdk, setup


class Ours:
    """Calls of the Java library by name; what it answers comes back as NumPy arrays."""

    def __init__(self):
        java = jdk.for_kernel()
        target = environment.ROOT / "library" / "target"
        jars = [jar for jar in setup.CLASSPATH.read_text().strip().split(os.pathsep) if "reprise-library" not in jar]
        path = os.pathsep.join([str(target / "test-classes"), str(target / "classes"), *jars])
        self.process = subprocess.Popen(
            [str(java.java), *setup.flags(java), "-cp", path, "reprise.oracle.Serve"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment.variables(java), text=True)

    def __call__(self, name, *arguments):
        request = {"call": name, "arguments": [plain(argument) for argument in arguments]}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        late = threading.Timer(60, self.process.kill)
        late.start()
        line = self.process.stdout.readline()
        late.cancel()
        assert line, f"no answer to {name}: ended by itself or stopped after 60 s, code {self.process.wait()}"
        answer = json.loads(line)
        assert "error" not in answer, f"{name}: {answer['error']}"
        return arrays(answer["value"])

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=30) == 0


def plain(argument):
    return argument.tolist() if isinstance(argument, (np.ndarray, np.generic)) else argument


def arrays(value):
    if isinstance(value, dict):
        return {key: arrays(entry) for key, entry in value.items()}
    return np.array(value) if isinstance(value, list) else value


@pytest.fixture(scope="session")
def ours():
    library = Ours()
    yield library
    library.close()


@pytest.fixture(params=range(3))
def rng(request):
    """Three seeds: every test that draws its problem draws three."""
    return np.random.default_rng(request.param)
