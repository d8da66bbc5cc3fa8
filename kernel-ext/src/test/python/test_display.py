"""What a cell's value looks like."""

import base64
import struct
import time

import pytest

FIGURE = 'Figure.titled("Growth").x("n").y("h").line("theory", new double[]{1, 2}, new double[]{3, 4})'


def test_core_packages_need_no_import(kernel):
    assert kernel.run("INDArray a = Nd4j.ones(2, 3); Function<String, Integer> f = String::length; f.apply(\"abc\")").text == "3"


def test_a_small_array_is_a_table_with_type_and_shape(kernel):
    data = kernel.run("Nd4j.arange(6).reshape(2, 3)").data
    assert data["text/plain"].splitlines() == ["float array, shape [2, 3]", "0  1  2", "3  4  5"]
    assert "<table" in data["text/html"] and "shape [2, 3]" in data["text/html"]


def test_a_large_array_shows_its_corners(kernel):
    data = kernel.run("Nd4j.ones(1000, 500)").data
    assert "shape [1000, 500]" in data["text/plain"]
    assert data["text/html"].count("<tr>") == 11 and len(data["text/html"]) < 15_000


def test_java_arrays_and_collections_show_values_and_sizes(kernel):
    assert kernel.run("new double[]{1, 2.5}").text == "double[2] [1, 2.5]"
    assert kernel.run("new int[1000]").text.startswith("int[1000] [0, 0,")
    assert len(kernel.run("new int[100_000]").text) < 200
    assert kernel.run("new String[]{\"a\"}").text == 'String[1] ["a"]'
    assert kernel.run("new double[][]{{1, 2}, {3, 4}}").text.splitlines()[0] == "double[2][2]"
    assert kernel.run("List.of(1, new int[]{2})").text == "List of 2 [1, int[1] [2]]"
    assert kernel.run("Map.of(\"k\", 1.5)").text == 'Map of 1 {"k"=1.5}'
    assert kernel.run("Optional.of(2)").text == "Optional[2]"
    assert kernel.run("record P(double x, int[] y) {}\nnew P(1, new int[]{2})").text == "P[x=1, y=int[1] [2]]"


def test_a_table_shows_types_and_how_much_is_left_out(kernel):
    data = kernel.run('Table.create("t").addColumns(DoubleColumn.create("x", java.util.stream.IntStream.range(0, 100)'
                      ".asDoubleStream().toArray()))").data
    assert "100 rows, 1 column; 10 of 100 shown" in data["text/plain"]
    assert "double" in data["text/html"] and data["text/html"].count("<tr>") == 12


def test_html_is_escaped(kernel):
    html = kernel.run('Table.create("<script>a()</script>").addColumns('
                      'StringColumn.create("<script>b()</script>", new String[]{"<script>c()</script>"}))').data["text/html"]
    assert "<script" not in html and html.count("&lt;script&gt;") == 3


def test_a_figure_is_png_at_twice_its_size_with_words_and_svg(kernel):
    shown = kernel.run(FIGURE).shown[-1]
    png = base64.b64decode(shown["data"]["image/png"])
    assert png[:4] == b"\x89PNG" and struct.unpack(">II", png[16:24]) == (1280, 800)
    meta = shown["metadata"]["image/png"]
    assert (meta["width"], meta["height"]) == (640, 400)
    assert meta["alt"].startswith("Growth.") and "'theory'" in meta["alt"]
    assert shown["data"]["text/plain"] == meta["alt"]
    assert shown["data"]["image/svg+xml"].startswith("<svg")


def test_an_xchart_chart_is_shown_as_a_picture(kernel):
    shown = kernel.run('var c = new org.knowm.xchart.XYChartBuilder().title("old").build();\n'
                       'c.addSeries("s", new double[]{1, 2}, new double[]{1, 2});\nc').shown[-1]
    assert shown["metadata"]["image/png"]["alt"].startswith("old.")


def test_a_rich_value_of_the_reader_shows_itself(kernel):
    data = kernel.run('record Angle(double r) implements reprise.display.Rich {\n'
                      '  public reprise.display.Bundle bundle() {\n'
                      '    return reprise.display.Bundle.text("angle").html("<b>a</b>").with("application/json", Map.of("r", r));\n'
                      "  }\n}\nnew Angle(2)").data
    assert data == {"text/plain": "angle", "text/html": "<b>a</b>", "application/json": {"r": 2.0}}


def test_a_renderer_that_throws_falls_back_to_text(kernel):
    text = kernel.run('class Bad implements reprise.display.Rich {\n'
                      '  public reprise.display.Bundle bundle() { throw new IllegalStateException("no"); }\n'
                      '  public String toString() { return "bad one"; }\n}\nnew Bad()').text
    assert text == "bad one\n(shown as text: IllegalStateException: no)"


def test_display_as_last_expression_prints_no_id(kernel):
    assert len(kernel.run('display("x")').shown) == 1


def test_a_renderer_of_somebody_else_that_throws_falls_back_to_text(kernel):
    text = kernel.run('class Odd { public String toString() { return "odd one"; } }\n'
                      "org.dflib.jjava.jupyter.kernel.BaseKernel.notebookKernel().getRenderer()"
                      ".createRegistration(Odd.class).preferring(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType"
                      '.TEXT_HTML).register((value, context) -> { throw new AssertionError("no"); });\nnew Odd()').text
    assert text == "odd one\n(shown as text: AssertionError: no)"


def test_a_text_of_ten_megabytes_is_cut_with_a_note(kernel):
    text = kernel.run('"x".repeat(10_000_000)').text
    assert len(text) < 1.1e6 and text.endswith("\n\u2026 cut here: 10000000 letters in all")
    assert kernel.run('"x".repeat(1_000_000)').text == "x" * 1_000_000


def test_values_of_the_library_and_of_others_compose(kernel):
    data = kernel.run('rows("<a>", columns(Nd4j.ones(2, 2), ' + FIGURE + '), tabs(tab("T", Table.create("t").addColumns('
                      'IntColumn.create("x", 1, 2))), tab("A", new int[]{1, 2}), tab("L", Latex.of("x^2"))))').data
    html = data["text/html"]
    assert html.count("<table") == 2 and html.count("<img alt=") == 1 and "int[2] [1, 2]" in html
    assert "&lt;a&gt;" in html and "$$x^2$$" in html and "<script" not in html
    assert "float array, shape [2, 2]" in data["text/plain"] and "Growth." in data["text/plain"]


def test_every_rich_value_has_its_type_and_its_words(kernel):
    for code, mime in (('Latex.of("x")', "text/latex"), ('Markdown.of("*x*")', "text/markdown"),
                       ('Html.of("<b>x</b>")', "text/html"), ('Audio.of("x", new double[9000], 8000)', "text/html"),
                       ('Animation.of(2, i -> Figure.titled("t" + i).line("a", new double[]{0, 1}, new double[]{i, 1}))',
                        "image/png")):
        data = kernel.run(code).data
        assert mime in data and data["text/plain"], code
    animation = base64.b64decode(kernel.run(code).data["image/png"])
    assert b"acTL" in animation and animation.count(b"fcTL") == 2


def test_an_interactive_figure_is_vega_lite_beside_the_picture(kernel):
    data = kernel.run(FIGURE + ".interactive()").data
    spec = data["application/vnd.vegalite.v5+json"]
    assert spec["$schema"].endswith("v5.json") and spec["layer"][0]["data"]["values"][1] == {"i": 1, "x": 2, "y": 4}
    assert "image/png" in data and "application/vnd.vegalite.v5+json" not in kernel.run(FIGURE).data


USED = "\n(a stream can be used once, and this was it; %s keeps its values)"


@pytest.mark.parametrize("code,text", [
    ("IntStream.of(3, 1, 2)", "IntStream of 3 [3, 1, 2]" + USED % "toArray()"),
    ("LongStream.range(0, 1_000_000_000_000L)", "LongStream of 1000000000000 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, \u2026]"
     + USED % "toArray()"),
    ("DoubleStream.iterate(1, x -> x / 2).filter(x -> x < 1)", "DoubleStream of more than 12 [0.5, 0.25, 0.125, 0.0625, "
     "0.03125, 0.015625, 0.0078125, 0.00390625, 0.00195313, 0.000976563, 0.000488281, 0.000244141, \u2026]" + USED % "toArray()"),
    ('Stream.of("a", 1.5, List.of(2))', 'Stream of 3 ["a", 1.5, [2]]' + USED % "toList()"),
    ("Stream.of(1, 2, 3).filter(i -> i > 3)", "Stream of 0 []" + USED % "toList()"),
    ("IntStream.range(0, 12).filter(i -> true)", "IntStream of 12 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]" + USED % "toArray()"),
    ("List.of(1, 2).iterator()", "Iterator; looking at its elements would use them up"),
    ("List.of(Stream.of(1), IntStream.of(1))", "List of 2 [Stream, IntStream]"),
    ("OptionalInt.of(3)", "OptionalInt[3]"), ("Optional.empty()", "Optional.empty"),
    ("Optional.of(new int[]{1})", "Optional[int[1] [1]]"),
    ('new TreeMap<>(Map.of("a", List.of(1, 2), "b", Map.of("c", new double[]{1})))',
     'TreeMap of 2 {"a"=[1, 2], "b"={"c"=double[1] [1]}}'),
    ("new int[][][]{{{1, 2}, {3}}, {}}", "int[2][][] [int[2][] [int[2] [1, 2], int[1] [3]], int[0][] []]"),
    ("new Object[]{null, 'c', new char[]{'a'}}", "Object[3] [null, c, char[1] [a]]"),
    ("record Deep(Optional<int[]> a, Map<String, double[]> m) {}\nnew Deep(Optional.of(new int[]{1}), Map.of(\"k\", "
     "new double[]{1.5}))", 'Deep[a=Optional[int[1] [1]], m={"k"=double[1] [1.5]}]'),
])
def test_values_with_sizes_and_elision(kernel, code, text):
    assert kernel.run(code).text == text


class TestStreams:
    def test_are_left_alone_where_nobody_asked_for_their_values(self, kernel):
        kernel.run("var stream = IntStream.of(1, 2);")
        assert "IntStream  IntStream" in kernel.run("%vars stream").text
        assert "IntStream" in kernel.reply(kernel.client.inspect("stream"))["data"]["text/plain"]
        assert kernel.run("stream.sum()").text == "3"
        assert kernel.run("stream").text == "IntStream, already used"

    def test_that_throw_say_so(self, kernel):
        code = 'Stream.of(1).map(i -> { if (i > 0) throw new IllegalStateException("mine"); return i; })'
        assert kernel.run(code).text == "Stream\n(shown as text: IllegalStateException: mine)"

    @pytest.mark.parametrize("code", ["IntStream.iterate(1, i -> i + 1).filter(i -> i < 0)",
                                      "class Slow { public String toString() { while (true) { } } }\nnew Slow()"])
    def test_looking_for_ever_can_be_interrupted(self, kernel, code):
        request = kernel.send(code)
        time.sleep(1)
        kernel.manager.interrupt_kernel()
        assert kernel.finish(request, 10).error["ename"] == "EvaluationInterruptedException"
        assert kernel.run("1 + 1").text == "2"
