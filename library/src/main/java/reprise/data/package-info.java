/** Data to try methods on: synthetic sets with known shapes, and small classic ones. */
package reprise.data;
