package reprise.backend;

import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Chooses where the fused kernels run: what a method was given explicitly, else what {@link #use} set for the session,
 * else the system property {@code reprise.backend}, else the environment's {@code REPRISE_BACKEND}, else {@code cpu}.
 *
 * <pre>{@code
 * Backends.use("nd4j");
 * String name = Backends.current().name();
 * }</pre>
 */
public final class Backends {
    private static volatile Backend session;

    private Backends() {}

    /** All providers, looked up once and only when one is asked for. */
    private static final class Known {
        private static final TreeMap<String, Backend> BY_NAME = new TreeMap<>();

        static {
            for (Backend backend : ServiceLoader.load(Backend.class, Backends.class.getClassLoader())) {
                BY_NAME.putIfAbsent(backend.name(), backend);
            }
        }
    }

    /**
     * The backend that methods use when they are not given one.
     *
     * @return the session's, else the environment's, else {@code cpu}
     * @throws IllegalArgumentException if the environment names one that is not there
     */
    public static Backend current() {
        Backend chosen = session;
        return chosen != null ? chosen : byName(configured());
    }

    /**
     * Chooses for the rest of the session.
     *
     * @param name such as {@code cpu}, {@code torch} or {@code cuda}
     * @return the chosen backend
     * @throws IllegalArgumentException if it is not there; the message says what to add
     */
    public static Backend use(String name) {
        Backend chosen = byName(name);
        session = chosen;
        return chosen;
    }

    /** Forgets the session's choice. */
    public static void useDefault() {
        session = null;
    }

    /**
     * Finds a backend.
     *
     * @param name such as {@code cpu}, {@code torch} or {@code cuda}
     * @return the backend of that name
     * @throws IllegalArgumentException if it is not there; the message says what to add
     */
    public static Backend byName(String name) {
        Backend found = Known.BY_NAME.get(name);
        String lack = found == null ? cure(name) : found.missing().map(words -> "; " + words).orElse("");
        if (found == null || !lack.isEmpty()) {
            throw new IllegalArgumentException("backend must be one of " + names() + ", was \"" + name + "\"" + lack);
        }
        return found;
    }

    /**
     * The backends that are there and lack nothing.
     *
     * @return their names in order
     * @cost loads the native code of all of them
     */
    public static List<String> names() {
        return Known.BY_NAME.values().stream().filter(b -> b.missing().isEmpty()).map(Backend::name).toList();
    }

    private static String configured() {
        String property = System.getProperty("reprise.backend", "");
        if (!property.isBlank()) {
            return property.strip();
        }
        String variable = System.getenv("REPRISE_BACKEND");
        return variable == null || variable.isBlank() ? "cpu" : variable.strip();
    }

    private static String cure(String name) {
        return switch (name) {
            case "torch" -> "; to have it, add org.bytedeco:pytorch with its natives for this platform";
            case "cuda" -> "; to have it, build with -Pgpu, or add org.bytedeco:pytorch with the classifier"
                    + " linux-x86_64-gpu, on a machine with an NVIDIA driver";
            default -> "";
        };
    }
}
