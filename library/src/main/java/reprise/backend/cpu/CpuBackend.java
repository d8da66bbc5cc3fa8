package reprise.backend.cpu;

import java.util.function.Supplier;
import reprise.array.Dense;
import reprise.backend.Backend;
import reprise.backend.Cost;
import reprise.backend.Scaling;
import reprise.backend.SoftSum;
import reprise.parallel.Tasks;

/**
 * Runs on all cores of this machine. Where the JVM was started with {@code --add-modules jdk.incubator.vector} it
 * begins in plain Java and moves to the Vector API as soon as that is compiled and measured to be faster; both give
 * the same bits.
 */
public final class CpuBackend implements Backend {
    private static final Tiles SCALAR = new ScalarTiles();
    private static final PlanLoops SCALAR_PLAN = new ScalarPlan();

    private final Supplier<Tiles> tiles;
    private final Supplier<PlanLoops> planLoops;
    private final Supplier<String> description;

    /** Plain Java first, the Vector API when it is faster. */
    public CpuBackend() {
        this(() -> TileTrial.SWITCH.current(), () -> PlanTrial.SWITCH.current(), () -> TileTrial.SWITCH.describe());
    }

    private CpuBackend(Supplier<Tiles> tiles, Supplier<PlanLoops> planLoops, Supplier<String> description) {
        this.tiles = tiles;
        this.planLoops = planLoops;
        this.description = description;
    }

    /**
     * Plain Java only.
     *
     * @return a backend that never uses the Vector API
     */
    public static CpuBackend scalar() {
        return new CpuBackend(() -> SCALAR, () -> SCALAR_PLAN, () -> "plain Java");
    }

    /**
     * The Vector API only, from the first call.
     *
     * @return a backend that never uses plain loops
     * @throws IllegalStateException if the JVM does not offer it; the message says why
     */
    public static CpuBackend vector() {
        Tiles vector = TileTrial.SWITCH.vector(Tiles.class);
        PlanLoops plan = PlanTrial.SWITCH.vector(PlanLoops.class);
        return new CpuBackend(() -> vector, () -> plan, vector::toString);
    }

    /**
     * Whether this JVM knows the Vector API: started with {@code --add-modules jdk.incubator.vector}, or by our kernel.
     *
     * @return true if {@link #vector} can work
     */
    public static boolean hasVectorApi() {
        try {
            Class.forName("jdk.incubator.vector.Vector", false, CpuBackend.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Begins to compile the Vector API's kernels on a thread of low priority, so that they are ready when the first
     * large sum is asked for. Returns at once; calling it again does nothing.
     */
    public static void warmUp() {
        TileTrial.SWITCH.hurry();
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String describe() {
        return description.get() + ", " + Tasks.threads() + " threads";
    }

    @Override
    public SoftSum softSum(Dense x, Dense y, Cost cost) {
        return new CpuSoftSum(x, y, cost, tiles);
    }

    @Override
    public Scaling scaling(Dense x, Dense y, Cost cost, double[] logA, double[] logB) {
        var softSums = Backend.super.scaling(x, y, cost, logA, logB);
        return cost instanceof Cost.SquaredDistance && FusedScaling.fits(x, y, logA)
                ? new FusedScaling(x, y, logA, logB, softSums, softSum(y, x, cost)::logSum, planLoops) : softSums;
    }

    static Tiles scalarTiles() {
        return SCALAR;
    }
}
