/** Errors that a reader can act on: the message first, then the lines of the cells. */
package reprise.kernel.error;
