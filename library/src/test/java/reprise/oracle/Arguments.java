package reprise.oracle;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import reprise.array.Dense;

/** The arguments of one call, in order. */
record Arguments(JsonArray values) {
    double number(int i) {
        return values.get(i).getAsDouble();
    }

    int integer(int i) {
        return values.get(i).getAsInt();
    }

    String word(int i) {
        return values.get(i).getAsString();
    }

    boolean yes(int i) {
        return values.get(i).getAsBoolean();
    }

    double[] vector(int i) {
        return numbers(values.get(i));
    }

    double[][] rows(int i) {
        double[][] rows = new double[values.get(i).getAsJsonArray().size()][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = numbers(values.get(i).getAsJsonArray().get(k));
        }
        return rows;
    }

    Dense matrix(int i) {
        return Dense.of("argument " + i, rows(i));
    }

    private static double[] numbers(JsonElement element) {
        double[] numbers = new double[element.getAsJsonArray().size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = element.getAsJsonArray().get(k).getAsDouble();
        }
        return numbers;
    }
}
