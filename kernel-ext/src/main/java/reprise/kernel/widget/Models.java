package reprise.kernel.widget;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonNull;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;

/** The models of one box of controls: opened one after the other, closed together. */
final class Models {
    static final String CONTROLS = "@jupyter-widgets/controls";
    static final String BASE = "@jupyter-widgets/base";

    private final CommManager comms;
    private final Deque<WidgetComm> opened = new ArrayDeque<>();

    Models(CommManager comms) {
        this.comms = comms;
    }

    static JsonObject model(String module, String name, boolean viewed) {
        var state = new JsonObject();
        state.addProperty("_model_module", module);
        state.addProperty("_model_module_version", "2.0.0");
        state.addProperty("_model_name", name + "Model");
        state.addProperty("_view_module", module);
        state.addProperty("_view_module_version", "2.0.0");
        if (viewed) {
            state.addProperty("_view_name", name + "View");
        } else {
            state.add("_view_name", JsonNull.INSTANCE);
        }
        return state;
    }

    static String reference(String id) {
        return "IPY_MODEL_" + id;
    }

    String layout(String width) {
        JsonObject layout = model(BASE, "Layout", true);
        if (!width.isEmpty()) {
            layout.addProperty("width", width);
        }
        return open(layout, changed -> {});
    }

    String box(String kind, List<String> children) {
        JsonObject box = model(CONTROLS, kind, true);
        var references = new JsonArray();
        children.forEach(child -> references.add(reference(child)));
        box.add("children", references);
        box.addProperty("box_style", "");
        box.addProperty("layout", reference(layout("")));
        return open(box, changed -> {});
    }

    String open(JsonObject state, WidgetComm.Listener listener) {
        WidgetComm comm = comms.openComm(WidgetComm.TARGET, (manager, commId, target, message) -> {
            message.getNonNullMetadata().put("version", WidgetComm.PROTOCOL);
            message.getContent().getData().add("state", state.deepCopy());
            message.getContent().getData().add("buffer_paths", new JsonArray());
            return new WidgetComm(manager, commId, state, listener);
        });
        opened.push(comm);
        return comm.getID();
    }

    /** The box first and what it is made of after it: a page must not look for a part that is gone. */
    void close() {
        while (!opened.isEmpty()) {
            WidgetComm comm = opened.pop();
            if (!comm.isClosed()) {
                comm.close();
            }
        }
    }
}
