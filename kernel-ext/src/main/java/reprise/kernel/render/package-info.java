/** How values of other libraries, arrays and collections look in a notebook. */
package reprise.kernel.render;
