package reprise.kernel.wire;

import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.shaded.com.google.gson.Gson;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonElement;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;
import org.dflib.jjava.shaded.com.google.gson.JsonSerializer;

/** The answer to one request: replies of any content, and exactly one busy and one idle around them. */
public final class Answer extends ShellReplyEnvironment {
    private static final Gson JSON = Frames.GSON.newBuilder().registerTypeAdapter(HistoryEntry.class,
            (JsonSerializer<HistoryEntry>) (entry, type, context) -> array(entry)).create();

    private final RequestChannel channel;
    private final InputChannel input;
    private final Publisher publisher;
    private boolean replied;
    private boolean failed;

    Answer(RequestChannel channel, InputChannel input, Publisher publisher, Message<?> request) {
        super(channel, input, publisher, request);
        this.channel = channel;
        this.input = input;
        this.publisher = publisher;
    }

    /**
     * Replies with an object.
     *
     * @param type what the reply is called
     * @param content the reply; a missing status becomes "ok"
     */
    public void reply(MessageType<?> type, JsonObject content) {
        if (!content.has("status")) {
            content.addProperty("status", "ok");
        }
        reply(message(type, content));
    }

    /** The content is an object that already looks as its type does in JSON. */
    @SuppressWarnings("unchecked")
    private Message<Object> message(MessageType<?> type, JsonObject content) {
        return new Message<>(getContext(), (MessageType<Object>) type, content);
    }

    /** Every reply gets a status, which several of JJava's lack. */
    @Override
    public <T extends ContentType<T>> void reply(T content) {
        reply(content.getType(), json(content));
    }

    /**
     * An object as it is sent.
     *
     * @param content content of a message or part of one
     * @return its JSON
     */
    public static JsonObject json(Object content) {
        return JSON.toJsonTree(content).getAsJsonObject();
    }

    /** The protocol has history in arrays, JJava's objects do not know. */
    private static JsonElement array(HistoryEntry entry) {
        var out = new JsonArray();
        out.add(entry.getSession());
        out.add(entry.getCellNumber());
        if (entry.hasOutput()) {
            var both = new JsonArray();
            both.add(entry.getInput());
            both.add(entry.getOutput());
            out.add(both);
        } else {
            out.add(entry.getInput());
        }
        return out;
    }

    /** The requests that wait behind this one are to be given up. */
    public void abortQueued() {
        failed = true;
    }

    boolean abortsQueued() {
        return failed;
    }

    boolean replied() {
        return replied;
    }

    /** Says that the request could not be answered. */
    void refuse(MessageType<?> type, String name, String message) {
        var content = new JsonObject();
        content.addProperty("status", "error");
        content.addProperty("ename", name);
        content.addProperty("evalue", message);
        content.add("traceback", new JsonArray());
        reply(type, content);
    }

    /** Says that the request was given up because one before it failed. */
    void abort(MessageType<?> type) {
        var content = new JsonObject();
        content.addProperty("status", "aborted");
        reply(type, content);
    }

    /**
     * Never deferred: JJava defers whatever comes next, and code that an interrupt has not ended yet may show something
     * between the shell's call of {@link #defer} and its reply.
     */
    @Override
    public void publish(Message<?> message) {
        publisher.sendMessage(message);
    }

    @Override
    public void reply(Message<?> message) {
        replied = true;
        publisher.settle();
        super.reply(message);
    }

    /** The channel does this for every request. */
    @Override
    public void setBusyDeferIdle() {}

    @Override
    public String readFromStdIn(String prompt, boolean password) {
        channel.flushOutput();
        return input.getInput(getContext(), prompt, password);
    }
}
