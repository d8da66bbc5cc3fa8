package reprise.kernel.widget;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;

/** One widget model: what the front end changes is kept, so that a reloaded page finds it as it was. */
final class WidgetComm extends Comm {
    /** Hears the state that the front end changed. */
    @FunctionalInterface
    interface Listener {
        void changed(JsonObject state);
    }

    static final String TARGET = "jupyter.widget";
    static final String PROTOCOL = "2.1.0";

    private final JsonObject state;
    private final Listener listener;

    WidgetComm(CommManager manager, String id, JsonObject state, Listener listener) {
        super(manager, id, TARGET);
        this.state = state;
        this.listener = listener;
    }

    synchronized JsonObject state() {
        return state.deepCopy();
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        JsonObject data = message.getContent().getData();
        try {
            String method = data.has("method") ? data.get("method").getAsString() : "";
            if (method.equals("update") && data.has("state")) {
                JsonObject changed = data.getAsJsonObject("state");
                synchronized (this) {
                    changed.entrySet().forEach(e -> state.add(e.getKey(), e.getValue()));
                }
                listener.changed(changed);
            } else if (method.equals("request_state")) {
                var update = new JsonObject();
                update.addProperty("method", "update");
                update.add("state", state());
                update.add("buffer_paths", new JsonArray());
                // No buffers must be null: an empty list would swallow the message after it.
                send(update, Map.of("version", PROTOCOL), null);
            }
        } catch (RuntimeException e) {
            // A malformed message must not end the thread that serves all cells; there is nobody to tell.
            System.getLogger(WidgetComm.class.getName()).log(System.Logger.Level.DEBUG, "ignored widget message", e);
        }
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean closing) {}
}
