/** The bar that long work draws below its cell. */
package reprise.kernel.progress;
