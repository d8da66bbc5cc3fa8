package reprise.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the place in the literature where a method comes from.
 *
 * <p>It stays in the class files, so that an index from methods to papers can be made without reading sources:
 *
 * <pre>{@code
 * @Source(arxiv = "2408.05807", at = "Eq. 7")
 * }</pre>
 */
@Documented
@Repeatable(Source.Several.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Source {
    /**
     * The paper's number at arXiv.
     *
     * @return such as {@code 2408.05807}; empty if the source is not there
     */
    String arxiv() default "";

    /**
     * A citation in words, for what is not at arXiv.
     *
     * @return author, title and year; empty if {@link #arxiv()} says it
     */
    String text() default "";

    /**
     * The place inside the source.
     *
     * @return such as {@code Eq. 7} or {@code Theorem 2}; empty for the whole of it
     */
    String at() default "";

    /** Holds several sources of one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
    @interface Several {
        /**
         * The sources.
         *
         * @return in the order in which they were written
         */
        Source[] value();
    }
}
