/** Networks of tensors. */
package reprise.tensor.nn;
