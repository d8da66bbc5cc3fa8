package reprise.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.random.Rng;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    private final Dense inputs = Rng.of(1).normal(30, 4);
    private final Dense targets = Rng.of(2).normal(30, 2);
    private final Dense queries = Rng.of(3).normal(7, 4);

    @Test
    void kernel() {
        Dense points = inputs;
        Kernel linear = (x, z) -> Blas.productABt(x, z);
        Dense gram = linear.gram(points);
        assertEquals(30, gram.columns());
        KernelFit model = KernelRegression.of(linear, inputs, targets).fit(SpectralFilter.ridge(0.01));
        Dense predicted = model.at(queries);
        assertEquals(7, predicted.rows());
    }

    @Test
    void kernelRegression() {
        KernelRegression path = KernelRegression.of(TangentKernel.firstLayer(), inputs, targets);
        double[] loss = path.trainingLosses(SpectralFilter.descents(0.5, 200, 20_000));
        Dense predicted = path.fit(SpectralFilter.descent(0.5, 200)).at(queries);
        assertTrue(loss[1] < loss[0]);
        assertEquals(2, predicted.columns());
        SpectralFilter stopped = SpectralFilter.descent(0.5, 200);
        double left = stopped.residual(0.01);
        assertEquals(Math.pow(0.995, 200), left, 1e-14);
    }

    @Test
    void earlyStopping() {
        KernelRegression path = KernelRegression.of(TangentKernel.firstLayer(), inputs, targets);
        int steps = EarlyStopping.steps(path.eigenvalues(), 0.5, 0.5);
        KernelFit model = path.fit(SpectralFilter.descent(0.5, steps));
        assertEquals(2, model.at(queries).columns());
    }

    @Test
    void network() {
        ReluNetwork start = ReluNetwork.antisymmetric(4, 2, 1_024, Rng.of(1));
        ReluNetwork trained = ReluDescent.on(inputs, targets).rate(0.5).run(start, 200);
        Dense predicted = trained.at(queries);
        ReluDescent descent = ReluDescent.on(inputs, targets).rate(0.5);
        double loss = descent.loss(trained);
        assertTrue(loss < descent.loss(start));
        assertEquals(7, predicted.rows());
    }
}
