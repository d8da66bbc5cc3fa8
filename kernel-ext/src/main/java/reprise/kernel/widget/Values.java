package reprise.kernel.widget;

import java.util.List;

/** The controls' values at one moment, in their order. */
record Values(List<Object> all) {
    static Values starts(List<Control<?>> controls) {
        return new Values(controls.stream().<Object>map(Control::start).toList());
    }

    /** A value with the type that its control gave it. */
    @SuppressWarnings("unchecked")
    <T> T at(Control<T> control, int index) {
        return (T) all.get(index);
    }

    Values with(int index, Object value) {
        Object[] changed = all.toArray();
        changed[index] = value;
        return new Values(List.of(changed));
    }
}
