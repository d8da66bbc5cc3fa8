/** Learning theory: kernels of wide networks, the networks themselves, and when to stop training. */
package reprise.learning;
