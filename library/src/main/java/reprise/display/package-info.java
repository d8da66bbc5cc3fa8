/** How a value shows itself: as a bundle of MIME types, without knowing who shows it. */
package reprise.display;
