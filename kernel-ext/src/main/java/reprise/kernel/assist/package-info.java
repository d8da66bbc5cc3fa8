/** What helps a reader to write the next line: completion, documentation, the name that was meant. */
package reprise.kernel.assist;
