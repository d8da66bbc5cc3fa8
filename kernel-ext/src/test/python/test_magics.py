"""The magics."""

import json
import re

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from conftest import Kernel

NAMES = ["help", "time", "timeit", "memory", "vars", "scale", "backend", "seed", "doctor", "load", "maven"]


def test_help_lists_all_and_explains_each(kernel):
    listed = kernel.run("%help").text
    for name in NAMES:
        assert f"%{name} " in listed
        explained = kernel.run(f"%help {name}").text
        assert explained.startswith(f"%{name}") and len(explained.splitlines()) > 2
    assert kernel.run("%help tmie").error["evalue"].startswith("there is no magic %tmie; did you mean %time?")


def test_time_of_a_line_and_a_cell(kernel):
    assert kernel.run("%time 20 + 1").error is None
    out = kernel.run("%%time\nint timed = 5;\nThread.sleep(60);")
    assert out.error is None and "all time" in str(out.messages)
    assert kernel.run("timed").text == "5"


def test_timeit_reports_median_and_spread(kernel):
    text = kernel.run("%timeit Thread.sleep(2)").text
    found = re.match(r"([\d.]+) ms per run: median of 7 \(([\d.]+) ms to ([\d.]+) ms\), (\d+) runs each", text)
    assert found, text
    median, low, high = (float(found.group(i)) for i in (1, 2, 3))
    assert 2 <= low <= median <= high < 20
    assert kernel.run("%timeit -n 3 -r 2 Math.sin(1)").text.endswith("3 runs each")
    assert kernel.run("%%timeit -r 3\nint s = 0;\nfor (int i = 0; i < 10; i++) { s += i; }").error is None
    assert "must be a whole number" in kernel.run("%timeit -n none 1").error["evalue"]
    assert "needs code" in kernel.run("%timeit").error["evalue"]


def test_memory_and_vars(kernel):
    assert re.search(r"heap +\d+ MB used", kernel.run("%memory").text)
    kernel.run("double[] grid = new double[1000];\nString word = \"abc\";")
    text = kernel.run("%vars").text
    assert re.search(r"^grid +double\[\] +double\[1000\] \[0, 0,", text, re.M)
    assert re.search(r"^word +String +abc", text, re.M)
    assert "grid" not in kernel.run("%vars wo").text
    assert "no cell" in kernel.run("%vars zzz").text


@pytest.mark.parametrize("name,good,bad", [("scale", "full", "huge"), ("seed", "7", "x"), ("backend", "torch", "C:/")])
def test_choices_are_said_set_and_checked(kernel, name, good, bad):
    assert kernel.run(f"%{name}").text.startswith(f"{name} is ")
    assert kernel.run(f"%{name} {good}").text.startswith(f"{name} is {good}")
    assert kernel.run(f"%{name}").text == f"{name} is {good}"
    assert kernel.run(f'System.getProperty("reprise.{name}")').text == good
    assert f"{name} must be" in kernel.run(f"%{name} {bad}").error["evalue"]


def test_doctor_says_what_runs(kernel):
    text = kernel.run("%doctor").text
    assert "Java (Reprise)" in text and "cores" in text


def test_an_error_in_a_timed_line_names_itself(kernel):
    assert kernel.run("%timeit nothing()").error["ename"] == "CompilationException"


class TestLoad:
    def test_a_script_with_magics(self, kernel, tmp_path):
        (tmp_path / "s.jshell").write_text("int loaded = 4;\n%time loaded + 1\nint twice(int n) { return 2 * n; }\n")
        assert kernel.run(f"%load {tmp_path}/s.jshell").error is None
        assert kernel.run("twice(loaded)").text == "8"

    def test_a_java_file_with_a_package(self, kernel, tmp_path):
        (tmp_path / "Greeter.java").write_text("// ours\npackage a.b;\n\nimport java.util.List;\n\n/** Greets. */\n"
                                               "public class Greeter {\n    public String hi(List<String> names) {\n"
                                               '        return "hi " + names;\n    }\n}\n')
        assert kernel.run(f"%load {tmp_path}/Greeter.java").error is None
        assert kernel.run('new Greeter().hi(List.of("a"))').text == "hi [a]"

    def test_the_cells_of_a_notebook(self, kernel, tmp_path):
        code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "# text"},
            {**code, "source": ["int first1 = 5;\n", "int first2 = 6;"]}, {**code, "source": "int second1 = 7;"}]}
        (tmp_path / "n.ipynb").write_text(json.dumps(book))
        assert kernel.run(f"%load {tmp_path}/n.ipynb").error is None
        assert kernel.run("first1 + first2 + second1").text == "18"
        (tmp_path / "no.ipynb").write_text("[1]")
        assert "no.ipynb is no notebook" in kernel.run(f"%load {tmp_path}/no.ipynb").error["evalue"]

    def test_errors_name_the_line_of_the_file(self, kernel, tmp_path):
        (tmp_path / "bad.jshell").write_text('int fine = 1;\nint bad = "x";\n')
        lines = kernel.run(f"int before = 1;\n%load {tmp_path}/bad.jshell").traceback.splitlines()
        assert "bad.jshell failed. CompilationException: incompatible types" in lines[0]
        assert lines[1] == '  bad.jshell, line 2: int bad = "x";'
        assert lines[-1].endswith(f", line 2: %load {tmp_path}/bad.jshell")
        (tmp_path / "throws.jshell").write_text('int d = 0;\n\nint q = 1 / d;\n')
        assert "throws.jshell, line 3: int q = 1 / d;" in kernel.run(f"%load {tmp_path}/throws.jshell").traceback

    def test_what_cannot_be_loaded(self, kernel, tmp_path):
        assert f"{tmp_path}/none.jshell does not exist" in kernel.run(f"%load {tmp_path}/none.jshell").error["evalue"]
        assert f"{tmp_path} is a folder" in kernel.run(f"%load {tmp_path}").error["evalue"]
        assert "needs one file" in kernel.run("%load").error["evalue"]


class TestMaven:
    """A real library from Maven Central, into a repository of the test's own."""

    @pytest.fixture(scope="class")
    def maven(self, tmp_path_factory):
        spec = KernelSpecManager().get_kernel_spec("reprise")
        spec.argv[1:1] = [f"-Dmaven.repo.local={tmp_path_factory.mktemp('maven')}"]
        kernel = Kernel(spec)
        yield kernel
        kernel.stop()

    def test_a_library_and_what_it_needs(self, maven):
        assert maven.run("%maven org.apache.commons:commons-csv:1.11.0", 120).error is None
        code = 'import org.apache.commons.csv.*;\nCSVParser.parse("a,b", CSVFormat.DEFAULT).getRecords().get(0).get(1)'
        assert maven.run(code).text == "b"

    @pytest.mark.parametrize("coordinate,words", [
        ("org.apache.commons:commons-csv:99.9", "Could not find artifact org.apache.commons:commons-csv:jar:99.9 in central"),
        ("org.apache.commons:commons-csv", "expected format is <groupId>:<artifactId>"),
        ("", "needs a library to add, e.g. %maven org.apache"),
    ])
    def test_a_wrong_coordinate_is_said_in_one_line(self, maven, coordinate, words):
        out = maven.run(f"%maven {coordinate}".strip(), 120)
        assert words in out.error["evalue"]
        lines = out.traceback.splitlines()
        assert len(lines) == 2 and lines[1].endswith(f", line 1: %maven {coordinate}".rstrip())
        assert maven.run("1 + 1").text == "2"


def test_an_error_shows_the_magic_as_it_was_typed(kernel):
    assert kernel.run("int one = 1;\n%timeit -n none one").traceback.splitlines()[1].endswith(", line 2: %timeit -n none one")
    assert kernel.run("%%timeit -n none\none").traceback.splitlines()[1].endswith(": %%timeit -n none")
