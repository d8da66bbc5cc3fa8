/** Finite probabilistic programs, their meaning in exact fractions, and the inference algorithms it certifies. */
package reprise.inference;
