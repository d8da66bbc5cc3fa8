package reprise.kernel.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonElement;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;
import org.dflib.jjava.shaded.com.google.gson.JsonPrimitive;

/** Controls one below the other, as models of ipywidgets 8. */
final class ControlBox {
    /** Hears which control moved and what it stands for now. */
    @FunctionalInterface
    interface Listener {
        void moved(int control, Object value);
    }

    private final Models models;
    private final String id;

    ControlBox(Models models, List<Control<?>> controls, Listener listener) {
        this.models = models;
        var children = new ArrayList<String>();
        for (int i = 0; i < controls.size(); i++) {
            int index = i;
            children.add(open(controls.get(i), value -> listener.moved(index, value)));
        }
        id = models.box("VBox", children);
    }

    /** The model that a view shows. */
    String id() {
        return id;
    }

    private String open(Control<?> control, Consumer<Object> moved) {
        if (control instanceof Slider slider) {
            JsonObject state = slider("FloatSlider", slider.name(), slider.start(), slider.low(), slider.high(),
                    slider.step());
            state.addProperty("readout_format", ".3~g");
            return models.open(state, changed -> number(changed, v -> moved.accept(slider.nearest(v))));
        }
        if (control instanceof Whole whole) {
            return models.open(whole(whole), changed -> number(changed, v -> moved.accept(whole.nearest(v))));
        }
        if (control instanceof Choice<?> choice) {
            return choice(choice, moved);
        }
        if (control instanceof Toggle toggle) {
            return toggle(toggle, moved);
        }
        return play((Play) control, moved);
    }

    private JsonObject whole(Whole whole) {
        JsonObject state = slider("IntSlider", whole.name(), whole.start(), whole.low(), whole.high(), whole.step());
        state.addProperty("readout_format", "d");
        return state;
    }

    private JsonObject slider(String model, String name, Number start, Number low, Number high, Number step) {
        JsonObject state = control(model, name, "32em", "SliderStyle");
        state.addProperty("value", start);
        state.addProperty("min", low);
        state.addProperty("max", high);
        state.addProperty("step", step);
        state.addProperty("readout", true);
        state.addProperty("continuous_update", true);
        state.addProperty("orientation", "horizontal");
        state.addProperty("behavior", "drag-tap");
        return state;
    }

    private String choice(Choice<?> choice, Consumer<Object> moved) {
        JsonObject state = control("Dropdown", choice.name(), "32em", "DescriptionStyle");
        var labels = new JsonArray();
        choice.labels().forEach(labels::add);
        state.add("_options_labels", labels);
        state.addProperty("index", choice.at());
        return models.open(state, changed -> {
            JsonPrimitive index = primitive(changed, "index");
            if (index != null && index.isNumber() && index.getAsInt() >= 0
                    && index.getAsInt() < choice.values().size()) {
                moved.accept(choice.values().get(index.getAsInt()));
            }
        });
    }

    private String toggle(Toggle toggle, Consumer<Object> moved) {
        JsonObject state = control("Checkbox", toggle.name(), "", "CheckboxStyle");
        state.addProperty("value", toggle.start());
        state.addProperty("indent", false);
        return models.open(state, changed -> {
            JsonPrimitive value = primitive(changed, "value");
            if (value != null && value.isBoolean()) {
                moved.accept(value.getAsBoolean());
            }
        });
    }

    /** The buttons and a slider show the same number; the page itself links them. */
    private String play(Play play, Consumer<Object> moved) {
        var range = new Whole(play.name(), play.low(), play.high(), play.low(), 1);
        WidgetComm.Listener listener = changed -> number(changed, v -> moved.accept(range.nearest(v)));
        JsonObject buttons = control("Play", "", "", "DescriptionStyle");
        buttons.addProperty("value", play.low());
        buttons.addProperty("min", play.low());
        buttons.addProperty("max", play.high());
        buttons.addProperty("step", 1);
        buttons.addProperty("interval", play.milliseconds());
        buttons.addProperty("playing", false);
        buttons.addProperty("repeat", false);
        buttons.addProperty("show_repeat", true);
        String player = models.open(buttons, listener);
        String slider = models.open(whole(range), listener);
        JsonObject link = Models.model(Models.CONTROLS, "Link", false);
        link.add("source", end(player));
        link.add("target", end(slider));
        models.open(link, changed -> {});
        return models.box("HBox", List.of(player, slider));
    }

    private static JsonArray end(String model) {
        var end = new JsonArray();
        end.add(Models.reference(model));
        end.add("value");
        return end;
    }

    private JsonObject control(String model, String name, String width, String styled) {
        JsonObject style = Models.model(Models.CONTROLS, styled, true);
        style.addProperty("_view_module", Models.BASE);
        style.addProperty("_view_name", "StyleView");
        style.addProperty("description_width", "initial");
        JsonObject state = Models.model(Models.CONTROLS, model, true);
        state.addProperty("description", name);
        state.addProperty("description_allow_html", false);
        state.addProperty("disabled", false);
        state.addProperty("layout", Models.reference(models.layout(width)));
        state.addProperty("style", Models.reference(models.open(style, changed -> {})));
        return state;
    }

    private static void number(JsonObject changed, Consumer<Double> value) {
        JsonPrimitive number = primitive(changed, "value");
        if (number != null && number.isNumber()) {
            value.accept(number.getAsDouble());
        }
    }

    private static JsonPrimitive primitive(JsonObject changed, String key) {
        JsonElement value = changed.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsJsonPrimitive() : null;
    }
}
