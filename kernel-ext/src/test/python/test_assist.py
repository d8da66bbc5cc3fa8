"""Completion, Shift-Tab, and the name that was meant."""

import statistics
import time
from pathlib import Path

import pytest


def complete(kernel, code, at=None):
    return kernel.reply(kernel.client.complete(code, at))


def inspect(kernel, code, at=None):
    return kernel.reply(kernel.client.inspect(code, at))


def kinds(reply):
    return {k["text"]: k for k in reply["metadata"]["_jupyter_types_experimental"]}


class TestCompletion:
    def test_kinds_and_signatures(self, kernel):
        kernel.run('List<String> words = new ArrayList<>(List.of("a"));')
        found = kinds(complete(kernel, "words.ad"))
        assert found["add("]["type"] == "function"
        assert "(int, Object) void" in found["add("]["signature"] and "(Object) boolean" in found["add("]["signature"]
        assert kinds(complete(kernel, "wor"))["words"]["signature"] == "List<String>"

    def test_factories_first_what_every_object_has_last(self, kernel):
        matches = complete(kernel, "Figure.")["matches"]
        assert matches[0] == "titled(" and matches[-1] == "class"
        matches = complete(kernel, 'Figure.titled("t").')["matches"]
        assert matches.index("line(") < matches.index("hashCode()")
        assert set(matches[-6:]) & {"getClass()", "notify()", "wait(", "notifyAll()"}

    def test_replaces_the_letters_before_the_cursor(self, kernel):
        reply = complete(kernel, 'var s = "\U0001d53d"; Math.sig + 1', 21)
        assert (reply["cursor_start"], reply["cursor_end"], reply["matches"]) == (18, 21, ["signum("])

    def test_in_the_middle_of_a_chain_on_several_lines(self, kernel):
        assert "line(" in kinds(complete(kernel, 'Figure.titled("t")\n    .x("n")\n    .li'))

    def test_magics(self, kernel):
        assert "%timeit" in complete(kernel, "%ti")["matches"]

    def test_takes_less_than_200_ms_when_warm(self, kernel):
        complete(kernel, "words.")
        times = []
        for _ in range(7):
            began = time.monotonic()
            complete(kernel, "words.")
            times.append(time.monotonic() - began)
        assert statistics.median(times) < 0.2, times


class TestInspection:
    def test_a_method_of_the_jdk_has_its_javadoc(self, kernel):
        data = inspect(kernel, "Math.floorMod(7, 3)", 9)["data"]
        assert "int Math.floorMod(int x, int y)" in data["text/plain"]
        # Debian's JDK comes without its sources, and then there is only the signature.
        home = kernel.run('System.getProperty("java.home")').text
        assert ("floor modulus" in data["text/plain"]) == Path(home, "lib", "src.zip").exists()
        assert "{@code" not in data["text/plain"]
        assert "<b>int Math.floorMod(int x, int y)</b>" in data["text/html"]

    def test_ours_too(self, kernel):
        data = inspect(kernel, "Figure.titled")["data"]
        assert "Figure.titled(String title)" in data["text/plain"]
        assert "@param title" in data["text/plain"]

    def test_generics_survive_in_html(self, kernel):
        assert "&lt;E&gt;" in inspect(kernel, "List.of(1)", 6)["data"]["text/html"]

    def test_a_variable_shows_type_shape_preview_and_memory(self, kernel):
        kernel.run("var m = Nd4j.arange(6).reshape(2, 3);\ndouble[] v = {1, 2.5};\nString none = null;")
        text = inspect(kernel, "m.add(1)", 1)["data"]["text/plain"]
        assert text.splitlines() == ["INDArray m", "", "float array, shape [2, 3]", "0  1  2", "3  4  5", "24 bytes"]
        assert inspect(kernel, "v")["data"]["text/plain"].splitlines()[2:] == ["double[2] [1, 2.5]", "16 bytes"]
        assert "null" in inspect(kernel, "none")["data"]["text/plain"]

    def test_nothing_is_found_where_nothing_is(self, kernel):
        reply = inspect(kernel, "   ")
        assert reply["status"] == "ok" and reply["found"] is False


class TestNear:
    @pytest.mark.parametrize("code,advice", [
        ("bandwdith * 2", "did you mean bandwidth?"),
        ("Figrue.titled(\"t\")", "did you mean Figure?"),
        ("Figure.titeld(\"t\")", "did you mean titled?"),
        ("KernelRegimes k = null;", "it has to be imported: import reprise.density.KernelRegimes;"),
        ("AtomicInteger a = null;", "it has to be imported: import java.util.concurrent.atomic.AtomicInteger;"),
    ])
    def test_advice(self, kernel, code, advice):
        kernel.run("double bandwidth = 0.5;")
        assert advice in kernel.run(code).traceback

    def test_the_first_cell_gets_advice_as_well(self, fresh):
        advice = "it has to be imported: import java.util.concurrent.atomic.AtomicInteger;"
        assert advice in fresh().run("AtomicInteger a = null;").traceback

    def test_no_advice_where_nothing_is_near(self, kernel):
        assert "did you mean" not in kernel.run("qqqqqq + 1").traceback

    def test_an_unknown_magic(self, kernel):
        out = kernel.run("%tiem 1 + 1")
        assert out.error["evalue"] == "there is no magic %tiem; did you mean %time? %help lists them all"
