"""The process: where it listens, what it survives, when and how it ends."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ALPHABET = list("abcxyz.(){}[];,:<>=+-*/%&|!?\"'\\ \n\t0123456789@#_$") + ["\u00e9", "\U0001d53d", "\u202e", "\x00", "int ",
    "new ", "class ", "->", "::", "List<", "Math.", "Figure.", "import ", "%time ", "/*", "//", "\"\"\""]


def argv():
    return KernelSpecManager().get_kernel_spec("reprise").argv


def start(arguments, *flags, java=None, **env):
    command = argv()
    path, *middle = command[:command.index("-jar")]
    # An archive does not fit other flags, and is no part of what is tested here.
    middle = [m for m in middle if "Archive" not in m and "AOT" not in m]
    return subprocess.run([java or path, *middle, *flags, *command[command.index("-jar"):-1], *arguments],
                          capture_output=True, text=True, timeout=60, env={**os.environ, **env})


def refuses(result, *words):
    assert result.returncode not in (0, None)
    for word in words:
        assert word in result.stderr, result.stderr
    assert "\tat " not in result.stderr, "a message, not a stack trace"


class TestBadInput:
    def test_without_connection_file(self):
        refuses(start([]), "connection file")

    def test_missing_connection_file(self, tmp_path):
        refuses(start([str(tmp_path / "none.json")]), "none.json", "cannot be read")

    def test_broken_connection_file(self, tmp_path):
        for text in ("", "{", "[]", "null", "{}", '{"ip": 5, "transport": [], "shell_port": "x"}'):
            file = tmp_path / "broken.json"
            file.write_text(text)
            refuses(start([str(file)]), "broken.json")

    def test_a_jre_is_told_from_a_jdk(self, tmp_path):
        refuses(start([str(tmp_path / "none.json")], "--limit-modules=java.se,jdk.unsupported"), "JRE", "JDK")

    def test_a_jre_made_by_jlink(self, tmp_path):
        home = Path(argv()[0]).parents[1]
        subprocess.run([home / "bin" / "jlink", "--add-modules", "java.se,jdk.unsupported", "--output", tmp_path / "jre"],
                       check=True, capture_output=True, timeout=300)
        refuses(start([str(tmp_path / "none.json")], java=tmp_path / "jre" / "bin" / "java"),
                str(tmp_path / "jre"), "it is a JRE, and a JDK is needed")

    def test_an_old_java_gets_as_far_as_saying_so(self):
        """What it then says is in StartTest; here, that no option ends it before, as an unknown one does."""
        options = [option for option in argv()[1:argv().index("-jar")]]
        assert "-XX:+IgnoreUnrecognizedVMOptions" in options
        assert [option for option in options if not option.startswith(("-XX:", "-D"))] == []
        refuses(start([], "-XX:NoOptionOfAnyJava=7"), "connection file")
        manifest = zipfile.ZipFile(argv()[argv().index("-jar") + 1]).read("META-INF/MANIFEST.MF").decode()
        assert "Main-Class: reprise.kernel.Start" in manifest

    def test_a_cache_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("")
        refuses(start([str(tmp_path / "none.json")], f"-Dorg.bytedeco.javacpp.cachedir={tmp_path}/file/cache"), "cache")

    def test_ports_in_use(self, tmp_path):
        with zmq.Context() as context, context.socket(zmq.ROUTER) as taken:
            port = taken.bind_to_random_port("tcp://127.0.0.1")
            file = tmp_path / "used.json"
            file.write_text(json.dumps({
                "transport": "tcp", "ip": "127.0.0.1", "key": "k", "signature_scheme": "hmac-sha256",
                "shell_port": port, "control_port": port, "stdin_port": port, "hb_port": port, "iopub_port": port}))
            refuses(start([str(file)]), "used.json", "listen")


class TestTransport:
    def test_listens_on_this_machine_only(self, kernel):
        pid = kernel.manager.provisioner.process.pid
        sockets = {os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")
                   if os.path.exists(f"/proc/{pid}/fd/{fd}")}
        listening = []
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                    listening.append(fields[1].split(":")[0])
        assert len(listening) >= 5
        assert set(listening) <= {"0100007F", "0000000000000000FFFF00000100007F"}

    def test_unix_sockets(self, tmp_path):
        manager = KernelManager(kernel_name="reprise", transport="ipc", ip=str(tmp_path / "k"))
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            outputs = []
            reply = client.execute_interactive('System.out.print("x".repeat(1_000_000))', output_hook=outputs.append,
                                               timeout=30)
            assert reply["content"]["status"] == "ok"
            text = "".join(m["content"]["text"] for m in outputs if m["msg_type"] == "stream")
            assert text == "x" * 1_000_000
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


class TestRobustness:
    def test_a_thousand_random_requests(self, kernel):
        random_text = random.Random(20261121)
        client = kernel.client
        for i in range(1000):
            code = "".join(random_text.choices(ALPHABET, k=random_text.randrange(40)))
            cursor = random_text.choice([None, 0, -5, len(code) // 2, 10_000])
            kind = i % 3
            if kind == 2:
                request, reply = client.is_complete(code), "is_complete_reply"
            elif kind == 1:
                request, reply = client.inspect(code, cursor, detail_level=i % 2), "inspect_reply"
            else:
                request, reply = client.complete(code, cursor), "complete_reply"
            message = kernel.reply_message(request, timeout=30)
            assert message["msg_type"] == reply, (code, message)
            assert message["content"]["status"] in ("ok", "error", "complete", "incomplete", "invalid", "unknown")
        assert kernel.run("1 + 1").text == "2"

    def test_malformed_messages(self, kernel):
        shell = kernel.client.shell_channel.socket
        session = kernel.client.session
        good = session.serialize(session.msg("kernel_info_request", {}))
        for frames in (
            [b""], [b"a", b"b", b"c"], [b"<IDS|MSG>"], [b"<IDS|MSG>", b"bad", b"{}", b"{}", b"{}", b"{}"],
            good[:3], [b"x"] * 20, [good[0], b"0" * 64, *good[2:]], [good[0], good[1], b"\xff\xfe", *good[3:]],
        ):
            shell.send_multipart(frames)
        for kind, content in (
            ("execute_request", {}), ("execute_request", {"code": 5, "silent": "perhaps"}), ("complete_request", {}),
            ("inspect_request", {"code": None, "cursor_pos": None}), ("is_complete_request", {"code": []}),
            ("history_request", {"hist_access_type": "all"}), ("history_request", {}), ("comm_open", {}),
            ("comm_msg", {"comm_id": 7}), ("comm_close", {}), ("no_such_request", {"a": 1}), ("comm_info_request", {}),
        ):
            kernel.client.shell_channel.send(session.msg(kind, content))
        assert kernel.run("1 + 1").text == "2"

    def test_errors_of_cells_end_nothing(self, kernel):
        for code in ('throw new StackOverflowError()', 'throw new OutOfMemoryError("so")', "throw new ThreadDeath()",
                     'throw new NoClassDefFoundError("a/B")', "assert false : 1; int[] big = new int[Integer.MAX_VALUE];",
                     "Thread.currentThread().interrupt();"):
            kernel.run(code)
        assert kernel.run("1 + 1").text == "2"


class TestMemory:
    """The heap is small here so that it fills soon; the rule is the same at Binder's two gigabytes."""

    @pytest.mark.parametrize("grow", [
        "while (true) { keep.add(new byte[1 << 20]); }",
        "while (true) { keep.add(new int[] {keep.size()}); }",
        "for (String s = \"x\"; ; s += s.substring(s.length() / 2)) { keep.add(s); }",
    ], ids=["large arrays", "small objects", "growing text"])
    def test_a_full_heap_is_said_and_survived(self, fresh, spec_with, grow):
        kernel = fresh(spec=spec_with("-Xmx400m"))
        kernel.run("int kept = 7;")
        out = kernel.run(f"List<Object> keep = new ArrayList<>();\n{grow}", 120)
        assert "OutOfMemoryError" in out.error["evalue"] and "The notebook may use 3" in out.error["evalue"]
        assert "name = null" in out.error["evalue"] and f"line 2: {grow[:10]}" in out.traceback
        assert kernel.run("kept", 60).text == "7", "the variables fill the heap, and the kernel still answers"
        assert int(kernel.run("int n = keep.size();\nkeep.clear();\nn", 60).text) > 20
        assert kernel.run("keep = null;\nnew byte[100 << 20].length", 60).text == str(100 << 20)

    def test_the_first_cell_of_all_may_fill_the_heap(self, fresh, spec_with):
        kernel = fresh(spec=spec_with("-Xmx400m"))
        out = kernel.run("List<Object> keep = new ArrayList<>();\nwhile (true) { keep.add(new double[1 << 20]); }", 120)
        assert "OutOfMemoryError" in out.error["evalue"]
        assert kernel.run("keep.size() > 20", 60).text == "true"
        assert kernel.run("keep = null;\n1 + 1", 60).text == "2"

    def test_arrays_outside_the_heap_do_not_end_the_kernel(self, fresh, spec_with):
        """Without a limit that the test could fill, the kernel is told of one: it counts its own memory then."""
        kernel = fresh(spec=spec_with("-Xmx400m", f"-Dreprise.memory={1500 << 20}"))
        passing = kernel.run("for (int i = 0; i < 1000; i++) { Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 1000, 1000); }", 240)
        assert passing.reply["status"] == "ok", "8 GB in all, none of which is kept"
        fill = "while (true) { keep.add(Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 1000, 1000)); }"
        out = kernel.run(f"List<INDArray> keep = new ArrayList<>();\n{fill}", 240)
        assert "OutOfMemoryError: the 1500 MB of this machine" in out.error["evalue"]
        assert "name = null" in out.error["evalue"] and f"line 2: {fill[:20]}" in out.traceback
        kept = int(kernel.run("keep.size()", 60).text)
        assert 20 < kept < 180, f"{kept} arrays of 8 MB"
        assert kernel.run("keep.clear();\n1 + 1", 60).text == "2"
        assert "of this machine" in kernel.run(fill, 240).error["evalue"], "a second time as well"

    def test_an_array_that_is_too_large_harms_nothing(self, kernel):
        assert "OutOfMemoryError" in kernel.run("double[] big = new double[Integer.MAX_VALUE - 8];").error["evalue"]
        assert kernel.run("1 + 1").text == "2"


class TestEnd:
    def test_shutdown_ends_the_process(self, fresh):
        kernel = fresh()
        kernel.run("new Thread(() -> { while (true) { try { Thread.sleep(1000); } catch (Exception e) { } } }).start()")
        began = time.monotonic()
        kernel.client.shutdown()
        assert kernel.manager.provisioner.process.wait(timeout=5) == 0
        assert time.monotonic() - began < 3

    def test_ends_with_the_server(self):
        script = ("import sys, time\nfrom jupyter_client.manager import KernelManager\n"
                  "m = KernelManager(kernel_name='reprise'); m.start_kernel(); c = m.client(); c.start_channels()\n"
                  "c.wait_for_ready(timeout=60)\nprint(m.provisioner.process.pid, flush=True)\ntime.sleep(60)\n")
        server = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        pid = int(server.stdout.readline())
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        end = time.monotonic() + 5
        while time.monotonic() < end and alive(pid):
            time.sleep(0.1)
        assert not alive(pid)


def alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
