package reprise.kernel;

/**
 * Says that Java is too old. It is the one class that is compiled for Java 8: a JVM older than the kernel needs refuses
 * all others with words about class file versions.
 */
public final class Start {
    private static final int OLDEST = 17;
    private static final int BAD_INPUT = 2;

    private Start() {}

    /**
     * Starts the kernel if this Java is new enough.
     *
     * @param args what {@link Launch} takes
     * @throws ReflectiveOperationException if there is no kernel beside this class
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        String refusal = refusal(System.getProperty("java.specification.version"), System.getProperty("java.home"));
        if (!refusal.isEmpty()) {
            System.err.println(refusal);
            System.exit(BAD_INPUT);
        }
        // By name: the compiler for Java 8 cannot read what newer ones made.
        Class.forName("reprise.kernel.Launch").getMethod("main", String[].class).invoke(null, (Object) args);
    }

    /** Why this Java will not do, or an empty text; 8 calls itself 1.8. */
    static String refusal(String version, String home) {
        int feature = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        return feature >= OLDEST ? "" : "The Java (Reprise) kernel cannot start: the Java at " + home + " is version "
                + feature + ", and it needs a JDK " + OLDEST + " or newer. Install one, e.g. `apt-get install "
                + "openjdk-17-jdk-headless`, and run ./reprise again.";
    }
}
