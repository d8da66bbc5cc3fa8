/** Reprise in a JJava notebook: rich display, imports, readable errors, progress and widgets. */
package reprise.kernel;
