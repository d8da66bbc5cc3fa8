package reprise.tensor.nn;

import java.util.List;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * Entries set to zero at random while training, and the others divided by 1 - share, so that the mean stays. Nothing
 * in use.
 *
 * @param share of the entries that are dropped
 */
@Source(text = "N. Srivastava et al., Dropout, JMLR 15, 2014", at = "Section 10")
public record Dropout(double share) implements Layer {
    /** Checks the share. */
    public Dropout {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share must be >= 0 and < 1, was " + share);
        }
    }

    @Override
    public List<Weight> weights() {
        return List.of();
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        if (pass.rng().isEmpty() || share == 0) {
            return x;
        }
        Tensor drawn = Tensors.uniform(pass.rng().get(), x.shape());
        Tensor keep = drawn.ge(Tensors.scalar(share));
        return x.mul(keep).div(1 - share);
    }
}
