package reprise.ode;

/** The right-hand side of y' = f(t, y). */
@FunctionalInterface
public interface VectorField {
    /**
     * Computes the derivative.
     *
     * @param t the time
     * @param y the state, length d; not to be changed
     * @return the derivative, length d, a new array
     */
    double[] at(double t, double[] y);
}
