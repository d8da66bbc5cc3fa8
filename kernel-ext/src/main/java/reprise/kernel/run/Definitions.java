package reprise.kernel.run;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.EngineTerminationException;
import jdk.jshell.spi.ExecutionControl.NotImplementedException;
import org.objectweb.asm.ClassReader;

/**
 * The classes that JShell makes of cells, and what becomes of variables when it makes one anew: because of a later
 * import, or because something was redefined that the cell uses. JJava's loader then leaves all of its variables at
 * null or 0. Here a class gets its new code in place where the JVM can do that, so that objects stay what they are and
 * lambdas call the new methods; other classes are loaded again, and values are carried over where their types still
 * fit.
 */
final class Definitions {
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$(\\d+)[A-Z]*");

    private final ExecutionControl control;
    private final Supplier<ClassLoader> loader;
    /** The newest class of each cell's piece, by JShell's number for it. */
    private final Map<String, Class<?>> newest = new HashMap<>();
    /** Variables whose value fits no more, by the class that has them now. */
    private final Map<String, Set<String>> lost = new LinkedHashMap<>();

    Definitions(ExecutionControl control, Supplier<ClassLoader> loader) {
        this.control = control;
        this.loader = loader;
    }

    /** Loads parents before their children: the JVM loads a missing parent itself, and JJava then fails to. */
    void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        boolean[] installed = new boolean[classes.length];
        for (int i : parentsFirst(classes)) {
            try {
                control.load(new ClassBytecodes[] {classes[i]});
            } catch (ClassInstallException e) {
                throw new ClassInstallException(e.getMessage(), installed);
            }
            installed[i] = true;
        }
        for (ClassBytecodes one : classes) {
            Matcher wrapper = WRAPPER.matcher(one.name());
            if (wrapper.matches()) {
                loaded(wrapper.group(1), one.name());
            }
        }
    }

    private static List<Integer> parentsFirst(ClassBytecodes[] classes) {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < classes.length; i++) {
            places.put(classes[i].name().replace('.', '/'), i);
        }
        var order = new LinkedHashSet<Integer>();
        for (int i = 0; i < classes.length; i++) {
            add(i, classes, places, order);
        }
        return new ArrayList<>(order);
    }

    private static void add(int at, ClassBytecodes[] classes, Map<String, Integer> places, Set<Integer> order) {
        var reader = new ClassReader(classes[at].bytecodes());
        var parents = new ArrayList<>(Arrays.asList(reader.getInterfaces()));
        parents.add(reader.getSuperName());
        for (String parent : parents) {
            Integer place = places.get(parent);
            if (place != null && !order.contains(place)) {
                add(place, classes, places, order);
            }
        }
        order.add(at);
    }

    private void loaded(String number, String name) {
        Class<?> now = find(name);
        if (now == null) {
            return;
        }
        Class<?> before = newest.put(number, now);
        if (before != null && before != now) {
            carry(before, now);
        }
    }

    private Class<?> find(String name) {
        try {
            return Class.forName(name, false, loader.get());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private void carry(Class<?> before, Class<?> now) {
        for (Field field : now.getDeclaredFields()) {
            try {
                Field old = before.getDeclaredField(field.getName());
                if (Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
                    carry(old, field);
                }
            } catch (NoSuchFieldException e) {
                // A variable of another name.
                continue;
            }
        }
    }

    private void carry(Field old, Field field) {
        try {
            set(field, old.getGenericType().getTypeName(), value(old));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            lose(field);
        }
    }

    /** A variable's value, and the type as which it was declared. */
    record Kept(String type, Object value) {}

    /** What a variable holds, if it is one. */
    Optional<Kept> variable(String name) {
        return field(name).map(field -> {
            try {
                return new Kept(field.getGenericType().getTypeName(), value(field));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                return null;
            }
        });
    }

    /** Gives a variable that was declared again the value that it had before. */
    void restore(String name, Kept kept) {
        field(name).ifPresent(field -> {
            try {
                set(field, kept.type(), kept.value());
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                lose(field);
            }
        });
    }

    private Optional<Field> field(String name) {
        return newest.values().stream().flatMap(c -> Arrays.stream(c.getDeclaredFields()))
                .filter(f -> f.getName().equals(name) && Modifier.isStatic(f.getModifiers())).findFirst();
    }

    private static Object value(Field field) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(null);
    }

    private void set(Field field, String type, Object value) throws ReflectiveOperationException {
        field.setAccessible(true);
        // By name, so that a list of points is none of those of a class Point that took the place of the first.
        if (field.getGenericType().getTypeName().equals(type)) {
            field.set(null, value);
        } else if (value != null) {
            lose(field);
        }
    }

    private void lose(Field field) {
        lost.computeIfAbsent(field.getDeclaringClass().getName(), n -> new LinkedHashSet<>()).add(field.getName());
    }

    /** Gives classes new code in place, if the JVM can; else JShell has them loaded as other classes. */
    void redefine(ClassBytecodes[] classes) throws ClassInstallException {
        var loaded = new Class<?>[classes.length];
        var code = new byte[classes.length][];
        for (int i = 0; i < classes.length; i++) {
            loaded[i] = find(classes[i].name());
            code[i] = classes[i].bytecodes();
        }
        if (Arrays.asList(loaded).contains(null) || !Redefinition.redefine(loaded, code)) {
            throw new ClassInstallException("loaded anew instead", new boolean[classes.length]);
        }
    }

    /** The code of a class runs, which gives its variables their values. */
    void runs(String className) {
        lost.remove(className);
    }

    /** The variables that lost their values since the last call. */
    List<String> lost() {
        List<String> names = lost.values().stream().flatMap(Set::stream).toList();
        lost.clear();
        return names;
    }
}
