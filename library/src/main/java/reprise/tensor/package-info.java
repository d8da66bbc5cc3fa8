/**
 * Differentiable tensors on libtorch. Names are those of PyTorch; memory frees itself, see
 * {@link reprise.tensor.Tensors}.
 *
 * <p>NaN and infinity are values here, as in PyTorch: {@code log(-1)} is NaN and stays visible in what follows. Arrays
 * that come in from Java are not searched for them. Gradients of order zero, one, two and more come from
 * {@link reprise.tensor.Grad}.
 */
package reprise.tensor;
