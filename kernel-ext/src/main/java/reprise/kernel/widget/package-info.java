/** Sliders that redraw a picture, over the protocol of ipywidgets. */
package reprise.kernel.widget;
