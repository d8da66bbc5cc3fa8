/** The commands that begin with a per cent sign. */
package reprise.kernel.magic;
