package reprise.inference;

/** How Metropolis and Hastings' method proposes another trace of a program. */
public enum Proposal {
    /** A new run of the program, whatever the trace is. */
    PRIOR,
    /** One choice, uniform among those of the trace, is drawn anew, and everything after it too. */
    REGROW,
    /** One choice is drawn anew; later ones stay where the program still draws from the same law at their place. */
    SITE
}
