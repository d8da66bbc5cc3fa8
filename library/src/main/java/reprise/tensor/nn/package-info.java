/**
 * Networks of tensors: a {@link reprise.tensor.nn.Layer} is a function of weights and input, a
 * {@link reprise.tensor.nn.Network} holds the weights, and {@link reprise.tensor.nn.Losses} compares.
 */
package reprise.tensor.nn;
