/**
 * The contract between a notebook and its paper: the card, the scales and seeds, the claims with their controls, the
 * verdict and the provenance. Nothing here knows of Jupyter.
 */
package reprise.paper;
