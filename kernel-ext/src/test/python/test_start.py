"""What start-up leaves out until it is needed."""


def test_a_library_behind_our_libraries_is_found_when_a_cell_names_it(fresh):
    kernel = fresh()
    assert kernel.run("new it.unimi.dsi.fastutil.ints.IntArrayList(new int[]{1, 2}).size()").text == "2"
    assert kernel.run("import com.google.common.collect.ImmutableList;\nImmutableList.of(1).size()").text == "1"
    assert kernel.run("no.such.Thing t = null;").error["ename"] == "CompilationException"
    assert kernel.run('Table.create("t").addColumns(IntColumn.create("x", 1, 2)).rowCount()').text == "2"


def test_variables_survive_the_larger_class_path(fresh):
    kernel = fresh()
    kernel.run("int before = 4;\nint twice(int n) { return 2 * n; }")
    assert kernel.run("org.apache.commons.math3.util.FastMath.abs(-1)").text == "1"
    assert kernel.run("twice(before)").text == "8"
