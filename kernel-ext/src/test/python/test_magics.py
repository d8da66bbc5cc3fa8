"""The magics."""

import re

import pytest

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
