package reprise.kernel.assist;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.MethodSnippet;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.VarSnippet;

/**
 * What may come next, the likeliest first: factories of the class and what it declares itself, then what it inherits,
 * then what every object has. Each with its kind and signature, which JupyterLab shows beside it.
 */
public final class Completion {
    /**
     * One proposal.
     *
     * @param text what replaces the reader's letters
     * @param kind as JupyterLab names it: function, instance, class, module
     * @param signature parameters and result, or a type
     */
    public record Proposal(String text, String kind, String signature) {}

    /**
     * All of them.
     *
     * @param proposals the likeliest first
     * @param start where the letters begin that they replace
     */
    public record Proposals(List<Proposal> proposals, int start) {}

    private static final int MOST_SIGNATURES = 3;

    private final Session session;

    /**
     * Completes what a notebook's reader writes.
     *
     * @param session the notebook
     */
    public Completion(Session session) {
        this.session = session;
    }

    /**
     * Completes code.
     *
     * @param code the cell
     * @param at the cursor, in UTF-16 units
     * @return what may stand there
     */
    public Proposals at(String code, int at) {
        var anchor = new int[] {at};
        List<Suggestion> suggestions = session.shell().sourceCodeAnalysis().completionSuggestions(code, at, anchor);
        var ranks = new LinkedHashMap<Proposal, Integer>();
        Optional<Session.Meaning> receiver = anchor[0] > 0 && code.charAt(anchor[0] - 1) == '.'
                ? session.meaning(receiver(code, anchor[0] - 1)) : Optional.empty();
        suggestions.stream().map(Suggestion::continuation).distinct().forEach(text -> {
            if (receiver.isPresent()) {
                member(text, receiver.get(), ranks);
            } else {
                named(text, ranks);
            }
        });
        return new Proposals(ranks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder())).map(Map.Entry::getKey).toList(),
                anchor[0]);
    }

    private static void member(String text, Session.Meaning receiver, Map<Proposal, Integer> ranks) {
        String name = text.replaceAll("[( )]+$", "");
        Class<?> type = receiver.type();
        List<Member> members = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && !method.isBridge()) {
                members.add(method);
            }
        }
        for (Field field : type.getFields()) {
            if (field.getName().equals(name)) {
                members.add(field);
            }
        }
        if (members.isEmpty()) {
            ranks.put(new Proposal(text, text.equals("class") ? "keyword" : "class", ""), 5);
            return;
        }
        String signatures = members.stream().limit(MOST_SIGNATURES).map(Completion::signature)
                .collect(Collectors.joining("; ")) + (members.size() > MOST_SIGNATURES
                ? "; \u2026 " + (members.size() - MOST_SIGNATURES) + " more" : "");
        int rank = members.stream().mapToInt(m -> rank(m, receiver)).min().orElse(4);
        ranks.put(new Proposal(text, members.get(0) instanceof Method ? "function" : "instance", signatures), rank);
    }

    private static int rank(Member member, Session.Meaning receiver) {
        Class<?> owner = member.getDeclaringClass();
        if (owner == Object.class) {
            return 4;
        }
        boolean factory = receiver.isStatic() && member instanceof Method method
                && Modifier.isStatic(member.getModifiers())
                && receiver.type().isAssignableFrom(method.getReturnType());
        if (factory) {
            return 0;
        }
        boolean own = owner == receiver.type() || owner.getName().startsWith("reprise.");
        return own && !overridesObject(member) ? 1 : own ? 3 : 2;
    }

    private static boolean overridesObject(Member member) {
        return List.of("equals", "hashCode", "toString").contains(member.getName());
    }

    private static String signature(Member member) {
        return member instanceof Executable call
                ? "(" + Arrays.stream(call.getParameters()).map(p -> p.getType().getSimpleName()
                        + (p.isNamePresent() ? " " + p.getName() : "")).collect(Collectors.joining(", ")) + ")"
                        + (call instanceof Method method ? " " + method.getReturnType().getSimpleName() : "")
                : ((Field) member).getType().getSimpleName();
    }

    private void named(String text, Map<Proposal, Integer> ranks) {
        String name = text.replaceAll("[( )]+$", "");
        Optional<VarSnippet> variable = session.variable(name);
        if (variable.isPresent()) {
            ranks.put(new Proposal(text, "instance", variable.get().typeName()), 0);
            return;
        }
        Optional<MethodSnippet> method =
                session.shell().methods().filter(m -> m.name().equals(name)).findFirst();
        if (method.isPresent()) {
            ranks.put(new Proposal(text, "function", method.get().signature()), 0);
            return;
        }
        Optional<Class<?>> type = text.isEmpty() || !Character.isUpperCase(text.charAt(0))
                ? Optional.empty() : session.classNamed(name);
        ranks.put(new Proposal(text, type.isPresent() ? "class" : text.endsWith("(") ? "function" : "module",
                type.map(c -> c.getPackageName()).orElse("")),
                type.filter(c -> c.getName().startsWith("reprise.")).isPresent() ? 1 : 2);
    }

    /** The expression that ends before a dot: names, calls, indices, literals, read backwards. */
    static String receiver(String code, int dot) {
        int at = dot;
        int depth = 0;
        while (at > 0) {
            char c = code.charAt(at - 1);
            if (c == '"') {
                int open = code.lastIndexOf('"', at - 2);
                if (open < 0) {
                    break;
                }
                at = open;
            } else if (c == ')' || c == ']') {
                depth++;
                at--;
            } else if (c == '(' || c == '[') {
                if (--depth < 0) {
                    break;
                }
                at--;
            } else if (depth > 0 || Character.isJavaIdentifierPart(c) || c == '.') {
                at--;
            } else if (Character.isWhitespace(c) && chained(code, at)) {
                at--;
            } else {
                break;
            }
        }
        String found = code.substring(at, dot).strip();
        String before = code.substring(0, at).stripTrailing();
        return before.endsWith("new") ? "new " + found : found;
    }

    /** White space inside a chain of calls on several lines. */
    private static boolean chained(String code, int at) {
        String after = code.substring(at).stripLeading();
        return after.startsWith(".");
    }
}
