package reprise.kernel.widget;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonElement;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;

/** Sliders one below the other, as models of ipywidgets 8. */
final class SliderBox {
    /** Hears which slider moved and where to. */
    @FunctionalInterface
    interface Listener {
        void moved(int slider, double value);
    }

    private static final String CONTROLS = "@jupyter-widgets/controls";
    private static final String BASE = "@jupyter-widgets/base";

    private final CommManager comms;
    private final String id;

    SliderBox(CommManager comms, List<Slider> sliders, Listener listener) {
        this.comms = comms;
        List<String> children = new ArrayList<>();
        for (int i = 0; i < sliders.size(); i++) {
            int index = i;
            Slider slider = sliders.get(i);
            children.add(open(slider(slider), state -> {
                JsonElement value = state.get("value");
                if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
                    listener.moved(index, slider.nearest(value.getAsDouble()));
                }
            }));
        }
        JsonObject box = model(CONTROLS, "VBox");
        var references = new JsonArray();
        children.forEach(child -> references.add("IPY_MODEL_" + child));
        box.add("children", references);
        box.addProperty("box_style", "");
        box.addProperty("layout", "IPY_MODEL_" + open(layout(""), state -> {}));
        id = open(box, state -> {});
    }

    /** The model that a view shows. */
    String id() {
        return id;
    }

    private JsonObject slider(Slider slider) {
        JsonObject style = model(CONTROLS, "SliderStyle");
        style.addProperty("_view_module", BASE);
        style.addProperty("_view_name", "StyleView");
        style.addProperty("description_width", "initial");
        JsonObject state = model(CONTROLS, "FloatSlider");
        state.addProperty("description", slider.name());
        state.addProperty("value", slider.start());
        state.addProperty("min", slider.low());
        state.addProperty("max", slider.high());
        state.addProperty("step", slider.step());
        state.addProperty("readout", true);
        state.addProperty("readout_format", ".3~g");
        state.addProperty("continuous_update", true);
        state.addProperty("orientation", "horizontal");
        state.addProperty("behavior", "drag-tap");
        state.addProperty("disabled", false);
        state.addProperty("description_allow_html", false);
        state.addProperty("layout", "IPY_MODEL_" + open(layout("32em"), s -> {}));
        state.addProperty("style", "IPY_MODEL_" + open(style, s -> {}));
        return state;
    }

    private static JsonObject layout(String width) {
        JsonObject layout = model(BASE, "Layout");
        if (!width.isEmpty()) {
            layout.addProperty("width", width);
        }
        return layout;
    }

    private static JsonObject model(String module, String name) {
        var state = new JsonObject();
        state.addProperty("_model_module", module);
        state.addProperty("_model_module_version", "2.0.0");
        state.addProperty("_model_name", name + "Model");
        state.addProperty("_view_module", module);
        state.addProperty("_view_module_version", "2.0.0");
        state.addProperty("_view_name", name + "View");
        return state;
    }

    private String open(JsonObject state, WidgetComm.Listener listener) {
        return comms.openComm(WidgetComm.TARGET, (manager, commId, target, message) -> {
            message.getNonNullMetadata().put("version", WidgetComm.PROTOCOL);
            message.getContent().getData().add("state", state.deepCopy());
            message.getContent().getData().add("buffer_paths", new JsonArray());
            return new WidgetComm(manager, commId, state, listener);
        }).getID();
    }
}
