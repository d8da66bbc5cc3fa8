/** Where to look: random points that cover a space of functions, and fits through them. */
package reprise.sampling;
