package reprise.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;

/** What JJava and JShell have and do not offer. All of it is reached here, so that an upgrade has one place. */
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

    /**
     * Calls a method without arguments.
     *
     * @param object whose method; its class declares it
     * @param name its name
     * @throws IllegalStateException if this version has no such method
     */
    public static void call(Object object, String name) {
        try {
            method(object.getClass(), name).invoke(object);
        } catch (ReflectiveOperationException e) {
            throw missing(object.getClass(), name, e);
        }
    }

    /**
     * Finds a method.
     *
     * @param owner the class that declares it
     * @param name its name, which no other of its methods has
     * @return the method, which may be called
     * @throws IllegalStateException if this version has no such method
     */
    static Method method(Class<?> owner, String name) {
        Method method = Arrays.stream(owner.getDeclaredMethods()).filter(m -> m.getName().equals(name)).findFirst()
                .orElseThrow(() -> missing(owner, name, null));
        method.setAccessible(true);
        return method;
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static IllegalStateException missing(Class<?> owner, String name, Exception cause) {
        return new IllegalStateException("There is no " + owner.getSimpleName() + "." + name
                + ": Reprise needs jjava 1.0a8 on a JDK it was tested with", cause);
    }
}
