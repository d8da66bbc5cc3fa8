package reprise.kernel;

/** Whether nobody watches: the runner executes a notebook to store it, so nothing that moves may be left behind. */
public final class Headless {
    private Headless() {}

    /**
     * Reads the setting.
     *
     * @return true if the environment has {@code REPRISE_HEADLESS=1} or the JVM {@code -Dreprise.headless=true}
     */
    public static boolean on() {
        return Boolean.getBoolean("reprise.headless") || "1".equals(System.getenv("REPRISE_HEADLESS"));
    }
}
