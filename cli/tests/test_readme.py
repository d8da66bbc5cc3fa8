"""What the front page promises, done as it says."""
import re
import subprocess

from cli.environment import M2, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DRIVER = """
import sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="java", startup_timeout=120)
try:
    for line in sys.argv[1:]:
        outputs = []
        reply = client.execute_interactive(line, timeout=300, output_hook=outputs.append)
        assert reply["content"]["status"] == "ok", (line, [m["content"] for m in outputs])
    shown = [m["content"] for m in outputs if m["msg_type"] in ("display_data", "execute_result")]
    print(sorted(shown[-1]["data"]), shown[-1]["metadata"]["image/png"]["alt"])
finally:
    manager.shutdown_kernel(now=True)
"""


def block(title):
    """The code after a marker in the README."""
    return re.search(rf"<!-- snippet: {re.escape(title)} -->\n```\w+\n(.*?)```", README, re.S).group(1)


def test_three_lines_bring_reprise_into_anybodys_jjava_notebook(checkout, tmp_path):
    """JJava keeps what it downloads in the user's own Maven repository: here, in a home of its own."""
    lines = block("three lines").replace("/path/to/reprise/.reprise/m2", str(M2)).strip().splitlines()
    assert len(lines) == 3
    ran = checkout.run(
        "exec", "python", "-c", DRIVER, *lines, env={"JJAVA_JVM_OPTS": f"-Duser.home={tmp_path}"}, timeout=400)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "image/png" in ran.stdout
    assert "square" in ran.stdout


def test_java_examples_are_compiled_and_run_as_tests():
    tested = (ROOT / "library/src/test/java/reprise/ReadmeTest.java").read_text(encoding="utf-8")
    for title in ("library/src/test/java/reprise/ReadmeTest.java", "first questions"):
        for line in block(title).strip().splitlines():
            assert line.strip() in tested, line


def test_commands_are_those_of_the_help():
    told = subprocess.run([ROOT / "reprise", "--help"], capture_output=True, text=True, check=True).stdout
    for command in set(re.findall(r"\./reprise (\w+)", README)):
        assert f"\n    {command} " in told, command
