/** What cells and their threads print. */
package reprise.kernel.output;
