package reprise.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AssistTest {
    @Nested
    class Receivers {
        private String before(String code) {
            return Completion.receiver(code, code.length() - 1);
        }

        @Test
        void isTheExpressionThatEndsAtTheDot() {
            assertEquals("words", before("var x = words."));
            assertEquals("Figure.titled(\"a (b\").x(\"n\")", before("show(Figure.titled(\"a (b\").x(\"n\")."));
            assertEquals("a[i + 1]", before("x + a[i + 1]."));
            assertEquals("new Foo(1, 2)", before("return new Foo(1, 2)."));
        }

        @Test
        void followsAChainOverLinesButNotThePreviousStatement() {
            assertEquals("f(1)\n  .g()", before("int a = 1;\nf(1)\n  .g()."));
            assertEquals("f", before("int a = 1\nf."));
        }

        @Test
        void isEmptyWhereThereIsNone() {
            assertEquals("", before("."));
            assertEquals("", before("(."));
        }
    }

    @Nested
    class Comments {
        @Test
        void loseTagsAndKeepWords() {
            assertEquals("The x of List.of, and List<E>.\n\nNext\n- one\n- two",
                    Javadoc.text("The {@code x} of {@link List#of}, and {@code List<E>}.<p>Next<ul><li>one<li>two</ul>"));
        }

        @Test
        void endOnUnclosedBraces() {
            assertTrue(Javadoc.text("{@code {{{ x").contains("x"));
        }
    }

    @Nested
    class Names {
        @Test
        void distanceCountsLettersAndSwaps() {
            assertEquals(0, Near.distance("abc", "ABC"));
            assertEquals(1, Near.distance("bandwdith", "bandwidth"));
            assertEquals(3, Near.distance("abc", ""));
            assertEquals(2, Near.distance("time", "timeit"));
        }

        @Test
        void nothingFarIsOffered() {
            assertEquals(Optional.of("total"), Near.best("totl", List.of("count", "total")));
            assertEquals(Optional.empty(), Near.best("xyz", List.of("count", "total")));
        }
    }
}
