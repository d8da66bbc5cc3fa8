/** Random numbers that depend on a seed and a path of names, and on nothing else. */
package reprise.random;
