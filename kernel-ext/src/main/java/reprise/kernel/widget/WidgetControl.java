package reprise.kernel.widget;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;

/** Answers a page that was reloaded and asks which widgets there are. */
public final class WidgetControl extends Comm {
    private static final String TARGET = "jupyter.widget.control";

    private final CommManager manager;

    private WidgetControl(CommManager manager, String id) {
        super(manager, id, TARGET);
        this.manager = manager;
    }

    /**
     * Lets front ends ask.
     *
     * @param comms the kernel's comms
     */
    public static void install(CommManager comms) {
        comms.registerTarget(TARGET, (manager, id, target, message) -> new WidgetControl(manager, id));
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        JsonObject data = message.getContent().getData();
        if (!data.has("method") || !"request_states".equals(data.get("method").getAsString())) {
            return;
        }
        var states = new JsonObject();
        for (Comm comm : manager) {
            if (comm instanceof WidgetComm widget) {
                JsonObject state = widget.state();
                var entry = new JsonObject();
                entry.add("model_module", state.get("_model_module"));
                entry.add("model_module_version", state.get("_model_module_version"));
                entry.add("model_name", state.get("_model_name"));
                entry.add("state", state);
                states.add(widget.getID(), entry);
            }
        }
        var reply = new JsonObject();
        reply.addProperty("method", "update_states");
        reply.add("states", states);
        reply.add("buffer_paths", new JsonArray());
        send(reply, Map.of("version", "1.0.0"), null);
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean closing) {}
}
