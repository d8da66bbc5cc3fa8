package reprise;

import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers of the design page: an arrow may only point down. */
class ArchitectureTest {
    /** From the bottom to the top; the packages of one layer do not know each other unless they are listed together. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("source", "display"),
            List.of("array"),
            List.of("parallel", "random"),
            List.of("linalg", "backend"),
            List.of("tensor"),
            List.of("experiment"),
            List.of("optim", "prob"),
            List.of("ode", "graph", "data", "privacy"),
            List.of("plot", "table"));

    private static final List<String> FIELDS = List.of(
            "density", "transport", "diffusion", "dynamics", "pde", "federated", "learning", "attention", "rl", "trust",
            "geometry", "sampling", "inference");

    private static JavaClasses ours;

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("reprise");
    }

    @Test
    void everyPackageHasItsPlace() {
        var known = Stream.concat(
                        Stream.concat(LAYERS.stream().flatMap(List::stream), FIELDS.stream()), Stream.of("paper"))
                .toList();
        for (JavaClass type : ours) {
            assertTrue(known.contains(topPackage(type)), type.getName() + " lies in a package without a layer");
        }
    }

    @Test
    void lowerLayersDoNotKnowHigherOnes() {
        for (int level = 0; level < LAYERS.size(); level++) {
            var higher = Stream.concat(
                            LAYERS.subList(level + 1, LAYERS.size()).stream().flatMap(List::stream),
                            Stream.concat(FIELDS.stream(), Stream.of("paper")))
                    .toList();
            noClasses()
                    .that()
                    .resideInAnyPackage(within(LAYERS.get(level)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(within(higher))
                    .allowEmptyShould(true)
                    .check(ours);
        }
    }

    @Test
    void fieldsKnowNoOtherFieldAndNeitherPlotsNorTablesNorPapers() {
        for (String field : FIELDS) {
            var others = Stream.concat(
                            FIELDS.stream().filter(other -> !other.equals(field)), Stream.of("plot", "table", "paper"))
                    .toList();
            noClasses()
                    .that()
                    .resideInAPackage("reprise." + field + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(within(others))
                    .allowEmptyShould(true)
                    .check(ours);
        }
    }

    @Test
    void papersKnowNoField() {
        noClasses()
                .that()
                .resideInAPackage("reprise.paper..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(within(FIELDS))
                .check(ours);
    }

    @Test
    void nothingInThePublicApiComesFromNativeBindingsOrTheChartLibrary() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should(mention("org.bytedeco", "jdk.incubator"))
                .check(ours);
    }

    @Test
    void onlyTheDoorAndTheReferenceBackendReadNd4jBelowTheFields() {
        noClasses()
                .that()
                .resideInAnyPackage("reprise.parallel..", "reprise.backend.cpu..", "reprise.source..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(ours);
    }

    @Test
    void vectorClassesAreReachedByNameOnly() {
        DescribedPredicate<JavaClass> vector = DescribedPredicate.describe(
                "classes of the Vector API's side", type -> type.getSimpleName().startsWith("Vector")
                        && type.getPackageName().equals("reprise.backend.cpu"));
        noClasses()
                .that(DescribedPredicate.describe(
                        "other classes", type -> !type.getFullName().contains("backend.cpu.Vector")))
                .should(dependOnClassesThat(vector))
                .check(ours);
    }

    @Test
    void libraryPrintsNothing() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(ours);
    }

    @Test
    void classesAreFinalOrSealedOrInterfaces() {
        for (JavaClass type : ours) {
            boolean open = type.getModifiers().contains(JavaModifier.PUBLIC)
                    && !type.isInterface()
                    && !type.isEnum()
                    && !type.isRecord()
                    && !type.isAssignableTo(Throwable.class)
                    && !type.getModifiers().contains(JavaModifier.FINAL)
                    && !type.reflect().isSealed();
            assertTrue(!open, type.getName() + " is neither final nor sealed");
        }
    }

    private static ArchCondition<JavaMethod> mention(String... packages) {
        return new ArchCondition<>("mention " + Arrays.toString(packages)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var types = Stream.concat(
                        Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream());
                boolean found = types.anyMatch(
                        type -> Arrays.stream(packages).anyMatch(name -> type.getPackageName().startsWith(name)));
                events.add(new SimpleConditionEvent(method, found, method.getFullName()));
            }
        };
    }

    private static String[] within(List<String> packages) {
        return packages.stream().map(name -> "reprise." + name + "..").toArray(String[]::new);
    }

    private static String topPackage(JavaClass type) {
        return type.getPackageName().split("\\.")[1];
    }
}
