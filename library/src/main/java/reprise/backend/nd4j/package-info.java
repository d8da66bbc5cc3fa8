/** The portable reference: ND4J's operations and nothing else. */
package reprise.backend.nd4j;
