package reprise.backend.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** How many numbers a vector holds; {@code -Dreprise.vector.bits} forces a width. */
final class VectorWidth {
    static final VectorSpecies<Double> DOUBLE = species();

    private VectorWidth() {}

    private static VectorSpecies<Double> species() {
        int bits = Integer.getInteger("reprise.vector.bits", 0);
        if (bits != 0) {
            return VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
        }
        return DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;
    }
}
