package reprise.inference;

/** The ratio r in the chance min(1, r) with which a proposal is taken. */
public enum Acceptance {
    /** Green's: the density of the swapped joint law of trace and proposal with respect to the law itself. */
    GREEN,
    /** A mistake: forgets that a choice was picked among as many as the trace has. Right if all traces are as long. */
    WITHOUT_LENGTHS,
    /** A mistake: prior times score of the one over that of the other, as if proposals were symmetric. */
    AS_IF_SYMMETRIC
}
