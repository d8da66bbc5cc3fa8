package reprise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {
    private static final int JAVA_8 = 52;

    @ParameterizedTest
    @CsvSource({"1.8, 8", "11, 11", "16, 16"})
    void anOldJavaIsRefusedWithBothVersions(String version, String said) {
        String words = Start.refusal(version, "/opt/old");
        assertTrue(words.contains("the Java at /opt/old is version " + said + ", and it needs a JDK 17"), words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "25", "30"})
    void aNewOneIsNot(String version) {
        assertEquals("", Start.refusal(version, "/opt/new"));
    }

    @Test
    void anOldJavaCanReadTheClass() throws IOException {
        try (var in = new DataInputStream(Start.class.getResourceAsStream("Start.class"))) {
            in.readInt();
            in.readUnsignedShort();
            assertEquals(JAVA_8, in.readUnsignedShort());
        }
    }
}
