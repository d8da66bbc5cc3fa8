/** Work on all cores that can be stopped, and the progress that it reports. */
package reprise.parallel;
