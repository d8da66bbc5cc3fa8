/**
 * Answers that give away little about any one person: noise mechanisms with a budget that cannot be overspent, holdout
 * sets that may be asked again, and sketches that answer questions of similarity.
 */
package reprise.privacy;
