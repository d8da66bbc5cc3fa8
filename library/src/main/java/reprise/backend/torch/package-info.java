/** The fused kernels on libtorch: on the processor, and on NVIDIA's graphics processors. */
package reprise.backend.torch;
