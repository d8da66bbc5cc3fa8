/** The default provider: all cores, with the Vector API where the JVM offers it, and the same bits without. */
package reprise.backend.cpu;
