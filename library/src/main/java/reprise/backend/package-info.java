/** Where the few fused kernels run: one interface, several providers, chosen once. */
package reprise.backend;
