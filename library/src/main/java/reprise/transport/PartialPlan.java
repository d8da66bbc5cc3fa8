package reprise.transport;

/**
 * A plan that leaves mass behind.
 *
 * @param moved the entries that move; its potentials are those of the problem with dummies
 * @param unmovedSources what is left of each source, shape [n]
 * @param unmovedTargets what each target lacks, shape [m]
 * @param value what was made least
 */
public record PartialPlan(SparsePlan moved, double[] unmovedSources, double[] unmovedTargets, double value) {}
