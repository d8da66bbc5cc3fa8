/** The one door through which arrays come in, and the checks that every argument passes. */
package reprise.array;
