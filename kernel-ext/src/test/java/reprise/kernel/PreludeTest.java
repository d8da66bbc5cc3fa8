package reprise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PreludeTest {
    private JShell shell;

    @BeforeEach
    void open() {
        shell = JShell.builder().executionEngine("local").build();
        shell.addToClasspath(System.getProperty("java.class.path"));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Nested
    class Agreement {
        @Test
        void everyImportOfAKernelCompiles() {
            for (String line : Imports.lines()) {
                assertEquals(Status.VALID, shell.status(only(line)), line);
            }
        }

        @Test
        void declaredImportsAreThoseThatJShellMakesOfTheSameLines() {
            try (JShell compiled = JShell.builder().executionEngine("local").build()) {
                compiled.addToClasspath(System.getProperty("java.class.path"));
                Imports.lines().forEach(compiled::eval);
                Prelude.declare(shell, Imports.lines());
                assertEquals(described(compiled), described(shell));
            }
        }

        private List<String> described(JShell one) {
            return one.imports().map(i -> i.id() + " " + i.subKind() + " " + i.fullname() + " " + i.isStatic() + " "
                    + one.status(i) + " " + one.sourceCodeAnalysis().wrapper(i).wrapped()).toList();
        }
    }

    @Nested
    class Invariance {
        @Test
        void aCellUsesWhatWasDeclared() {
            Prelude.declare(shell, List.of("import java.util.*;", "import static java.lang.Math.*;"));
            assertEquals("\"[1]\"", value("List.of((int) abs(-1.0)).toString()"));
        }

        @Test
        void aLaterImportOfTheSameNameTakesItsPlace() {
            Prelude.declare(shell, List.of("import java.util.List;"));
            SnippetEvent event = shell.eval("import java.awt.List;").stream()
                    .filter(e -> e.causeSnippet() == null).findFirst().orElseThrow();
            assertEquals(Status.VALID, event.status());
            assertEquals(List.of("java.awt.List"), shell.imports().filter(i -> shell.status(i) == Status.VALID)
                    .map(ImportSnippet::fullname).toList());
        }

        @Test
        void aDeclaredImportCanBeDropped() {
            Prelude.declare(shell, List.of("import java.util.function.*;"));
            assertEquals(Status.VALID, shell.status(only("Supplier<String> before;")));
            shell.drop(shell.imports().findFirst().orElseThrow());
            assertEquals(Status.RECOVERABLE_NOT_DEFINED, shell.status(only("Supplier<String> after;")));
        }
    }

    @Nested
    class BadInput {
        @Test
        void aCellThatUsesAnImportOfNothingSaysWhatIsMissing() {
            Prelude.declare(shell, List.of("import no.such.Thing;"));
            Snippet failed = only("Thing.of()");
            assertEquals(Status.REJECTED, shell.status(failed));
            assertTrue(shell.diagnostics(failed).anyMatch(d -> d.getMessage(null).contains("no.such")));
        }
    }

    private Snippet only(String code) {
        return shell.eval(code).get(0).snippet();
    }

    private String value(String code) {
        return shell.eval(code).get(0).value();
    }
}
