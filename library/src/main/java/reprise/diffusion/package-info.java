/** Diffusion models: noising, denoisers and scores, exact where they are known, and the way back from noise to data. */
package reprise.diffusion;
