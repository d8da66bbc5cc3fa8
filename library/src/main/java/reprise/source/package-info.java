/** Which paper a method comes from, kept in the class files. */
package reprise.source;
