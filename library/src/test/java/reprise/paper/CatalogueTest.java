package reprise.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Nested
    class Papers {
        @Test
        void areAllThereOnceInOrder() {
            var papers = Catalogue.papers();
            assertEquals(248, papers.size());
            assertEquals(248, new HashSet<>(papers.stream().map(Catalogue.Entry::slug).toList()).size());
            assertEquals(papers.stream().map(Catalogue.Entry::number).sorted().toList(),
                    papers.stream().map(Catalogue.Entry::number).toList());
        }

        @Test
        void sayWhoWhereAndWhatToRead() {
            for (var paper : Catalogue.papers()) {
                assertTrue(paper.arxiv().matches("\\d{4}\\.\\d{4,5}"), paper.source());
                assertFalse(paper.authors().isBlank(), paper.source());
                assertFalse(paper.venue().isBlank(), paper.source());
                assertTrue(paper.slug().matches("[a-z0-9]+(-[a-z0-9]+)*"), paper.slug());
                assertTrue(paper.chapter().matches("(0[1-9]|1[0-5])-[a-z-]+"), paper.chapter());
            }
        }

        @Test
        void haveAChapterWithNumberAndName() {
            var paper = Catalogue.paper("kde-large-dimensions");
            assertEquals("030", paper.number());
            assertEquals("01", paper.chapterNumber());
            assertEquals("density-and-sampling", paper.chapterName());
            assertEquals("IJCAI 2020", Catalogue.papers().get(123).venue());
        }
    }

    @Nested
    class BadInput {
        @Test
        void listsTheNearestSlugs() {
            var typo = assertThrows(IllegalArgumentException.class, () -> Catalogue.paper("kde-large-dimension"));
            assertTrue(typo.getMessage().startsWith(
                    "slug must be that of a paper in the catalogue, was 'kde-large-dimension'; the nearest are "
                            + "kde-large-dimensions, "), typo.getMessage());
            var part = assertThrows(IllegalArgumentException.class, () -> Catalogue.paper("kde"));
            assertTrue(part.getMessage().contains("nearest are kde-large-dimensions, "), part.getMessage());
        }
    }

    @Nested
    class FromOutside {
        private Settings read(Map<String, String> properties, Map<String, String> environment) {
            return Settings.read(properties::get, environment::get);
        }

        @Test
        void defaultsAreQuickCpuAndOneSeed() {
            assertEquals(new Settings(Scale.QUICK, 20240824, "cpu"), read(Map.of(), Map.of()));
        }

        @Test
        void propertiesComeBeforeTheEnvironment() {
            var environment = Map.of("REPRISE_SCALE", "full", "REPRISE_SEED", "5", "REPRISE_BACKEND", "nd4j");
            assertEquals(new Settings(Scale.FULL, 5, "nd4j"), read(Map.of(), environment));
            assertEquals(new Settings(Scale.QUICK, -6, "nd4j"),
                    read(Map.of("reprise.scale", "quick", "reprise.seed", "-6", "reprise.backend", " "), environment));
        }

        @Test
        void refusesWhatIsNeitherScaleNorSeed() {
            assertEquals("scale must be quick or full, was 'ful'",
                    assertThrows(IllegalArgumentException.class, () -> read(Map.of("reprise.scale", "ful"), Map.of()))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> read(Map.of(), Map.of("REPRISE_SEED", "1.5")));
        }
    }
}
