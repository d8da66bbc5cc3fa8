/** Figures that read well without colour, on dark pages and to a screen reader, drawn from plain arrays. */
package reprise.plot;
