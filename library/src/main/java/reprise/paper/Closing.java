package reprise.paper;

import static reprise.display.Html.escape;

import reprise.display.Bundle;
import reprise.display.Rich;

/**
 * The last word of a notebook whose checked claims hold.
 *
 * @param summary such as {@code 7 of 7 checked claims hold; 0 not checked}
 * @param scale the scale of this run
 */
public record Closing(String summary, Scale scale) implements Rich {
    @Override
    public Bundle bundle() {
        return Bundle.text(toString()).html("<p>" + escape(toString()) + "</p>");
    }

    @Override
    public String toString() {
        return summary + " (scale " + scale + ").";
    }
}
