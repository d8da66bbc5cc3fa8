package reprise.inference;

/** What a particle method does with its weights after a round. */
public enum Resampling {
    /** Draws each of the new particles independently, in proportion to the weights; keeps the mean weight apart. */
    MULTINOMIAL,
    /** One uniform number picks all new particles at equal distances; keeps the mean weight apart. */
    SYSTEMATIC,
    /** Leaves the weights as they are: importance sampling with N independent runs. */
    NONE,
    /** A mistake: as {@link #MULTINOMIAL}, but the mean weight is lost. */
    FORGETFUL,
    /** A mistake: every new particle is a copy of the one with the greatest share of the weight. */
    GREEDY
}
