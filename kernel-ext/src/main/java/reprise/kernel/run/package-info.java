/** How code of cells runs, and how it is stopped. */
package reprise.kernel.run;
