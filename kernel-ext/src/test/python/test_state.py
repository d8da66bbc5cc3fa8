"""What stays when something is defined again: variables, objects, classes and methods that know each other."""

import time

import pytest

ANIMALS = """class Animal {
    public String act(List<? extends Animal> list) {
        String out = "";
        for (Animal animal : list) { out += animal.eat(); }
        return out;
    }
    public String about(List<? super ShepherdDog> list) { return "about " + list.size(); }
    public String eat() { return "eating "; }
}
class Dog extends Animal { public String eat() { return "gulping "; } }
class Cat extends Animal {}
class ShepherdDog extends Dog {}"""


def said(out):
    return "".join(m["text"] for m in out.of("stream") if m["name"] == "stderr")


@pytest.fixture
def cells(kernel):
    """Runs cells that must not fail, quietly unless told otherwise; gives the text of the last."""

    def run(*codes, says=""):
        noted = ""
        for code in codes:
            out = kernel.run(code, 20)
            assert out.error is None, out.traceback
            noted += said(out)
        assert says in noted if says else noted == ""
        return out.text

    return run


class TestVariables:
    def test_survive_later_imports(self, cells):
        """JJava's issue 119: the wildcard could change what the names in the variable's cell mean."""
        assert cells("import javax.xml.parsers.*;\nvar made = SAXParserFactory.newInstance();\nint counted = 7;",
                     "import org.xml.sax.*;\nimport javax.xml.transform.*;",
                     "import javax.xml.validation.SchemaFactory;",
                     'made.getClass().getSimpleName() + counted').endswith("Impl7")

    def test_survive_another_body_of_the_method_that_made_them(self, cells):
        """JJava's issue 128."""
        assert cells("int made1() { return 1; }\nvar v1 = made1();", "int made1() { return 2; }",
                     "v1 + 10 * made1()") == "21"

    def test_survive_a_body_with_other_lambdas(self, cells):
        assert cells("int made2() { return 1; }\nvar v2 = made2();",
                     "int made2() { return IntStream.range(0, 3).map(i -> i + 1).sum(); }", "v2 + 10 * made2()") == "61"

    def test_survive_a_new_value_of_what_they_were_made_from(self, cells):
        """JJava's issue 53."""
        assert cells('String dt = "first";\nvar dt1 = dt.substring(2);', 'String dt = "override";', "dt1 + dt") == "rstoverride"

    def test_survive_another_type_of_what_they_were_made_from(self, cells):
        assert cells("int n3 = 1;\nvar m3 = n3 + 1;\nlong[] a3 = {n3};", "double n3 = 2.5;", "m3 + n3 + a3[0]") == "5.5"

    def test_of_every_primitive_type_survive(self, cells):
        assert cells("int one() { return 1; }\nboolean b = one() == 1;\nbyte y = (byte) one();\nshort s = (short) one();\n"
                     "char c = (char) ('`' + one());\nint i = one();\nlong l = one();\nfloat f = one();\ndouble d = one();",
                     "int one() { return 5; }", '"" + b + y + s + c + i + l + f + d') == "true11a111.01.0"

    def test_that_are_declared_again_begin_again(self, cells):
        assert cells("int again = 5;", "int again;", "again") == "0"
        assert cells("int again = 5;", "int again = again + 1;", "again") == "6"

    def test_lambdas_survive_and_call_the_new_method(self, cells):
        assert cells("int step(int x) { return x + 1; }\nIntUnaryOperator op = x -> step(x) * 10;",
                     "int step(int x) { return x + 2; }", "op.applyAsInt(1)") == "30"

    def test_survive_a_cell_that_does_not_compile(self, kernel, cells):
        cells("int made4() { return 4; }\nvar v4 = made4();\n1")
        assert kernel.run("int made4() { return nonsense(; }").error is not None
        assert cells("v4 + made4()") == "8"


class TestClasses:
    def test_objects_keep_their_fields_and_get_the_new_code(self, cells):
        assert cells("class Count { int n = 5; int get() { return n; } }\nvar count = new Count();\ncount.n = 7;",
                     "class Count { int n = 5; int get() { return 100 * n; } }", "count.get()") == "700"

    def test_objects_survive_a_new_body_of_a_method_that_their_class_calls(self, cells):
        assert cells("int rate() { return 2; }\nclass Bank { int sum = 10; int next() { return sum * rate(); } }\n"
                     "var bank = new Bank();\nbank.sum = 11;", "int rate() { return 3; }", "bank.next()") == "33"

    def test_objects_survive_later_imports(self, cells):
        assert cells("class Held { Object inside = new Object(); }\nvar held = new Held();\nvar was = held.inside;",
                     "import java.rmi.*;\nimport javax.naming.*;", "held.inside == was") == "true"

    def test_a_class_with_another_field_is_another_class_and_that_is_said(self, cells):
        assert cells("class Wide { int a = 1; }\nvar wide = new Wide();\nint kept5 = wide.a;",
                     "class Wide { int a = 1, b = 2; }", "(wide == null) + \" \" + kept5 + new Wide().b",
                     says="wide has lost its value") == "true 12"

    def test_a_record_with_another_component(self, cells):
        assert cells("record Point(int x) {}\nvar p = new Point(1);\nvar all = List.of(p);", "record Point(int x, int y) {}",
                     "new Point(1, 2) + \" \" + p + all", says="p, all have lost their values") == "Point[x=1, y=2] nullnull"

    def test_a_record_with_another_method(self, cells):
        assert cells("record Pair(int x) { int twice() { return 2 * x; } }\nvar pair = new Pair(4);",
                     "record Pair(int x) { int twice() { return x + x + 1; } }", "pair.twice()") == "9"

    def test_an_enum_with_another_constant(self, cells):
        assert cells("enum Hue { RED, BLUE }\nvar hue = Hue.BLUE;\nString name = hue.name();", "enum Hue { RED, GREEN, BLUE }",
                     "Hue.values().length + name + hue", says="hue has lost its value") == "3BLUEnull"

    def test_the_same_class_again_changes_nothing(self, cells):
        code = "class Same { int n = 1; }\nenum Kind { A, B }\nrecord Rec(Kind kind) {}\n"
        assert cells(code + "var same = new Same();\nvar rec = new Rec(Kind.B);", code, code + "same.n + \" \" + rec.kind()",
                     ) == "1 B"

    def test_a_cell_may_be_run_many_times(self, cells):
        began = time.monotonic()
        for i in range(12):
            assert cells(f"class Many {{ int n = {i}; }}\nint of(Many m) {{ return m.n; }}\nof(new Many())") == str(i)
        assert time.monotonic() - began < 20


class TestSignatures:
    def test_other_parameters_are_an_overload(self, cells):
        """JJava's issue 64: the notebook hung."""
        assert cells('static String told(String a) { return "text " + a; }', 'told("x")',
                     'static String told(Integer a) { return "number " + a; }', 'told(1) + told("y")') == "number 1text y"

    def test_another_return_type(self, cells):
        assert cells("int kind() { return 1; }\nint user() { return kind() + 1; }\nint got = user();",
                     'long kind() { return 5; }', "long user() { return kind() + 1; }", "user() + got") == "8"

    def test_what_fits_no_more_says_so_and_comes_back(self, kernel, cells):
        cells("int width() { return 3; }\nint area() { return width() * 2; }\narea()")
        cells('String width() { return "three"; }\n1')
        assert "area does not compile any more: bad operand types" in kernel.run("area()", 20).error["evalue"]
        assert cells("int width() { return 4; }", "area()") == "8"

    def test_generic_and_static(self, cells):
        assert cells("<T> T same(T t) { return t; }", "same(3)", "static <T> List<T> same(List<T> t) { return t; }",
                     "same(List.of(1)) + \" \" + same(4)") == "[1] 4"

    def test_an_interface_with_another_method(self, cells):
        assert cells("interface Shape { double area(); }\nrecord Box(double w) implements Shape { public double area() "
                     "{ return w * w; } }\nShape shape = new Box(2);\nshape.area()",
                     'interface Shape { double area(); default String words() { return "area " + area(); } }',
                     "new Box(3).words()", says="shape has lost its value") == "area 9.0"


class TestMutual:
    def test_classes_in_one_cell(self, cells):
        """JJava's issue 65."""
        assert cells(ANIMALS, "new Animal().act(List.of(new Dog(), new Cat(), new ShepherdDog()))") == "gulping eating gulping "
        assert cells("new ShepherdDog().about(List.of(new Animal()))") == "about 1"

    def test_children_before_their_parents(self, cells):
        assert cells("class Leaf extends Branch implements Green { int d() { return 3; } }\n"
                     "class Branch extends Trunk { int d() { return 2; } }\n"
                     "class Trunk { int d() { return 1; } }\ninterface Green { default int g() { return 5; } }",
                     "new Leaf().d() + new Leaf().g()") == "8"

    def test_classes_in_two_cells(self, cells):
        assert cells("class Hen { Egg egg; Egg lay() { return egg = new Egg(this); } }",
                     "class Egg { Hen hen; Egg(Hen hen) { this.hen = hen; } }",
                     "var hen = new Hen();\nhen.lay().hen == hen") == "true"

    def test_methods_that_call_each_other(self, cells):
        assert cells("boolean even(int n) { return n == 0 || odd(n - 1); }", "boolean odd(int n) { return n != 0 && even(n - 1); }",
                     "even(10) + \" \" + odd(10)") == "true false"

    def test_a_method_before_its_class(self, cells):
        assert cells("int size(Crate c) { return c.n(); }", "record Crate(int n) {}", "size(new Crate(6))") == "6"

    def test_sealed_types(self, cells):
        assert cells("sealed interface Expr permits Num, Sum {}\nrecord Num(int n) implements Expr {}\n"
                     "record Sum(Expr a, Expr b) implements Expr {}\nint value(Expr e) {\n"
                     "    return e instanceof Num num ? num.n() : value(((Sum) e).a()) + value(((Sum) e).b());\n}",
                     "value(new Sum(new Num(1), new Num(2)))") == "3"
