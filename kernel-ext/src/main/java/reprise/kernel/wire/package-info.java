/** The sockets of the kernel: what arrives, who answers, what leaves. */
package reprise.kernel.wire;
