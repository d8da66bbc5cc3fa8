package reprise.kernel;

import java.lang.reflect.Field;

/** The fields of JJava that have no accessor. All of them are read or set here, so that an upgrade has one place. */
public final class Internals {
    private Internals() {}

    /**
     * Reads a field.
     *
     * @param owner the class that declares it
     * @param name its name
     * @param object whose field; null for a static one
     * @param type what it holds
     * @param <T> what it holds
     * @return its value
     * @throws IllegalStateException if this version of JJava has no such field
     */
    public static <T> T get(Class<?> owner, String name, Object object, Class<T> type) {
        try {
            return type.cast(field(owner, name).get(object));
        } catch (ReflectiveOperationException e) {
            throw missing(owner, name, e);
        }
    }

    /**
     * Replaces a field's value.
     *
     * @param owner the class that declares it
     * @param name its name
     * @param object whose field
     * @param value the new value
     * @throws IllegalStateException if this version of JJava has no such field
     */
    public static void set(Class<?> owner, String name, Object object, Object value) {
        try {
            field(owner, name).set(object, value);
        } catch (ReflectiveOperationException e) {
            throw missing(owner, name, e);
        }
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static IllegalStateException missing(Class<?> owner, String name, Exception cause) {
        return new IllegalStateException("This JJava has no field " + owner.getSimpleName() + "." + name
                + ": Reprise needs jjava 1.0a8", cause);
    }
}
