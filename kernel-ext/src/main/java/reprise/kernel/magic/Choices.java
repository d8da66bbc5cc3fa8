package reprise.kernel.magic;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What {@code Paper.open} takes from outside the notebook. */
final class Choices {
    static final Magic SCALE = choice("scale", "quick|full", "quick", "says or sets how much work a notebook does",
            "must be quick or full", v -> v.equals("quick") || v.equals("full"));
    static final Magic BACKEND = choice("backend", "NAME", "cpu", "says or sets where the kernels run",
            "must be a name such as cpu", v -> v.matches("[a-z][a-z0-9-]*"));
    static final Magic SEED = choice("seed", "NUMBER", "of the stored outputs", "says or sets the root seed",
            "must be a whole number of 64 bits", v -> v.matches("-?\\d{1,19}") && fits(v));

    private Choices() {}

    private static Magic choice(String name, String usage, String unset, String summary, String rule,
            Predicate<String> valid) {
        return new Magic(name, "[" + usage + "]", summary,
                "It counts from the next Paper.open on: run the notebook again from there.",
                (kernel, args) -> set(name, args, unset, rule, valid));
    }

    private static Object set(String name, List<String> args, String unset, String rule, Predicate<String> valid) {
        if (args.size() > 1 || args.size() == 1 && !valid.test(args.get(0))) {
            throw new IllegalArgumentException(name + " " + rule + ", was '" + String.join(" ", args) + "'");
        }
        String property = "reprise." + name;
        if (args.size() == 1) {
            System.setProperty(property, args.get(0));
            return Magics.text(name + " is " + args.get(0) + " from the next Paper.open on");
        }
        String variable = System.getenv("REPRISE_" + name.toUpperCase(Locale.ROOT));
        String now = System.getProperty(property, variable == null || variable.isBlank() ? unset : variable);
        return Magics.text(name + " is " + now);
    }

    private static boolean fits(String number) {
        try {
            Long.parseLong(number);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
