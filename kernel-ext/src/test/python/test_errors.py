"""What a reader sees of a failure."""


def test_the_message_comes_first_and_the_cells_lines_follow(kernel):
    kernel.run("double root(double x) {\n    if (x < 0) {\n        throw new IllegalArgumentException(\"x must be >= 0, was \" + x);\n    }\n    return Math.sqrt(x);\n}")
    out = kernel.run("// comment\n\ndouble y = root(-1);")
    assert out.error["ename"] == "IllegalArgumentException"
    assert out.error["evalue"] == "x must be >= 0, was -1.0"
    lines = out.traceback.splitlines()
    assert "IllegalArgumentException: x must be >= 0, was -1.0" in lines[0]
    assert "line 3 in root: throw new IllegalArgumentException" in lines[1]
    assert lines[2].endswith(", line 3: double y = root(-1);")
    assert len(lines) == 3, "frames of the JDK, JShell and the kernel are folded"


def test_frames_of_the_library_are_folded(kernel):
    out = kernel.run('Figure.titled("t").line("a", new double[]{1}, new double[]{1, 2})')
    assert "must be of shape [1], was [2]" in out.error["evalue"]
    assert "frames in reprise.array, reprise.plot" in out.traceback
    assert "Figure.java" not in out.traceback


def test_the_cause_is_kept(kernel):
    out = kernel.run('try { Integer.parseInt("x"); } catch (Exception e) { throw new IllegalStateException("outer", e); }')
    assert out.error["ename"] == "IllegalStateException"
    assert 'caused by NumberFormatException: For input string: "x"' in out.traceback


def test_checked_exceptions_and_errors_keep_their_names(kernel):
    assert kernel.run('throw new java.io.IOException("disk")').error["evalue"] == "IOException: disk"
    out = kernel.run("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)")
    assert out.error["evalue"].startswith("StackOverflowError")
    assert len(out.traceback.splitlines()) < 8


def test_every_compiler_message_points_at_its_place(kernel):
    out = kernel.run('int fine = 1;\nint bad(int a) { return a.foo() + missing; }')
    assert out.error["ename"] == "CompilationException"
    assert out.error["evalue"] == "int cannot be dereferenced"
    lines = out.traceback.splitlines()
    assert "line 2: int bad" in lines[1]
    assert lines[2].index("^") == lines[1].index("a.foo")
    assert "variable missing" in out.traceback


def test_names_of_snippets_do_not_reach_the_reader(kernel):
    out = kernel.run("Object nothing = null;\nnothing.toString()")
    assert "REPL" not in out.error["evalue"] and '"nothing" is null' in out.error["evalue"]


def test_a_method_that_needs_another_one_says_which(kernel):
    kernel.run("int early(int n) { return late(n); }")
    out = kernel.run("early(1)")
    assert "late(int), which no cell has defined yet" in out.error["evalue"]
    assert kernel.run("int late(int n) { return n; }\nearly(2)").text == "2"
