package reprise.kernel.widget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/**
 * Which controls belong to which cell. Those of a cell that runs again, or that was deleted, are closed: nobody can see
 * them any more, and every front end would keep their models for ever.
 */
public final class CellWidgets {
    private record Shown(String request, List<Runnable> closings) {}

    private static final Map<String, Shown> CELLS = new HashMap<>();

    private CellWidgets() {}

    /**
     * Closes the controls that a cell left behind when it ran before, and those of cells that were deleted.
     *
     * @param message the request to run the cell
     */
    public static synchronized void begin(Message<ExecuteRequest> message) {
        if (CELLS.isEmpty()) {
            return;
        }
        close(cell(message));
        if (message.hasMetadata() && message.getMetadata().get("deletedCells") instanceof Collection<?> gone) {
            gone.forEach(id -> close(String.valueOf(id)));
        }
    }

    /** Remembers how to close what the cell of a request shows; a plain JJava does not call {@link #begin}. */
    static synchronized void add(MessageContext request, Runnable closing) {
        String cell = cell(request);
        String id = request.getHeader().getId();
        Shown before = CELLS.get(cell);
        if (before != null && !before.request().equals(id)) {
            close(cell);
        }
        CELLS.computeIfAbsent(cell, c -> new Shown(id, new ArrayList<>())).closings().add(closing);
    }

    private static void close(String cell) {
        Shown gone = CELLS.remove(cell);
        if (gone != null) {
            gone.closings().forEach(Runnable::run);
        }
    }

    /** Front ends name the cell; for one that does not, the same code is the same cell. */
    private static String cell(MessageContext request) {
        if (request instanceof Message<?> message) {
            if (message.hasMetadata() && message.getMetadata().get("cellId") instanceof String id) {
                return id;
            }
            if (message.getContent() instanceof ExecuteRequest execute) {
                return "code:" + execute.getCode();
            }
        }
        return "request:" + request.getHeader().getId();
    }
}
