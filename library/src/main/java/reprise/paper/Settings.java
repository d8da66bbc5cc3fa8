package reprise.paper;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** What a run is asked for from outside the notebook: system properties first, then the environment. */
record Settings(Scale scale, long seed, String backend) {
    /** The seed of the stored outputs. */
    static final long DEFAULT_SEED = 20240824L;

    static Settings read() {
        return read(System::getProperty, System::getenv);
    }

    static Settings read(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        return new Settings(
                scale(value("scale", "quick", properties, environment)),
                seed(value("seed", Long.toString(DEFAULT_SEED), properties, environment)),
                value("backend", "cpu", properties, environment));
    }

    private static String value(
            String name, String unset, UnaryOperator<String> properties, UnaryOperator<String> environment) {
        var property = properties.apply("reprise." + name);
        if (property != null && !property.isBlank()) {
            return property.strip();
        }
        var variable = environment.apply("REPRISE_" + name.toUpperCase(Locale.ROOT));
        return variable != null && !variable.isBlank() ? variable.strip() : unset;
    }

    private static Scale scale(String word) {
        return switch (word) {
            case "quick" -> Scale.QUICK;
            case "full" -> Scale.FULL;
            default -> throw new IllegalArgumentException("scale must be quick or full, was '" + word + "'");
        };
    }

    private static long seed(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed must be a whole number of 64 bits, was '" + number + "'", e);
        }
    }
}
