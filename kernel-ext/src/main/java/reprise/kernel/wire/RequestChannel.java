package reprise.kernel.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.RequestType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;
import reprise.kernel.run.Reserve;

/**
 * Serves requests one after the other. It waits in the poll instead of sleeping between polls, which saves 50 ms on
 * each request, survives whatever a request does, and gives up the queued cells after one that failed.
 */
final class RequestChannel extends ShellChannel {
    private static final int POLL_MS = 500;
    /** Cells of "Run All" arrive one after the other within a few milliseconds. */
    private static final int GATHER_MS = 15;
    private static final String REQUEST = "_request";

    private final boolean control;
    private final Connection connection;
    private final Endpoints endpoints;
    /** What arrived while a cell failed. */
    private final Deque<List<byte[]>> gathered = new ArrayDeque<>();
    private ZMQ.Poller poller;
    private Thread thread;
    private volatile boolean stopped;
    /** What is done once, when a request is answered and no other waits. */
    private Runnable pause = () -> {};
    private boolean answered;

    RequestChannel(ZMQ.Context context, HMACGenerator signer, boolean control, Connection connection,
            Endpoints endpoints) {
        super(context, signer, control, connection);
        this.control = control;
        this.connection = connection;
        this.endpoints = endpoints;
    }

    @Override
    public void bind(KernelConnectionProperties properties) {
        bind(endpoints.address(control ? Endpoints.Port.CONTROL : Endpoints.Port.SHELL));
        poller = ctx.poller(1);
        poller.register(this, ZMQ.Poller.POLLIN);
    }

    /** Begins to serve what arrives; in the first pause after a request, does what is given. */
    void serve(Runnable inFirstPause) {
        pause = inFirstPause;
        thread = new Thread(this::loop, control ? "reprise-control" : "reprise-shell");
        thread.start();
    }

    private void loop() {
        while (!stopped) {
            try {
                if (poller.poll(answered ? 0 : POLL_MS) > 0) {
                    take(Frames.receive(this), false);
                    answered = pause != null;
                } else if (answered) {
                    Runnable once = pause;
                    pause = null;
                    answered = false;
                    once.run();
                }
                while (!gathered.isEmpty() && !stopped) {
                    take(gathered.poll(), true);
                }
            } catch (RuntimeException | Error e) {
                if (e instanceof OutOfMemoryError) {
                    Reserve.free();
                }
                if (!stopped) {
                    logger.warn("a request failed: {}", e.toString());
                }
            }
        }
    }

    private void take(List<byte[]> frames, boolean behindFailure) {
        try {
            handle(Frames.parse(frames, hmacGenerator), behindFailure);
        } catch (Frames.Malformed e) {
            logger.warn("ignored a message: {}", e.getMessage());
        }
    }

    private <T> void handle(Message<T> message, boolean behindFailure) {
        MessageType<T> type = message.getHeader().getType();
        ShellHandler<T> handler = connection.getHandler(type);
        if (handler == null) {
            logger.warn("nobody handles {}", type.getName());
            return;
        }
        Answer answer = connection.prepareReplyEnv(this, message);
        answer.setStatusBusy();
        try {
            if (behindFailure && message.getContent() instanceof ExecuteRequest) {
                answer.abort(ExecuteRequest.REPLY_MESSAGE_TYPE);
            } else if (message.getContent() == null) {
                refuse(answer, type, "MalformedRequest", "the content is not what a " + type.getName() + " has");
            } else {
                handler.handle(answer, message);
            }
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            logger.warn("{} failed: {}", type.getName(), e.toString());
            if (!answer.replied()) {
                refuse(answer, type, e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
            }
        }
        if (answer.abortsQueued() && !control) {
            gather();
        }
        answer.resolveDeferrals();
        answer.setStatusIdle();
        if (answer.isMarkedForShutdown()) {
            connection.close();
        }
    }

    private static void refuse(Answer answer, MessageType<?> type, String name, String message) {
        if (type.getName().endsWith(REQUEST)) {
            String reply = type.getName().replace(REQUEST, "_reply");
            answer.refuse(MessageType.getType(reply), name, message);
        }
    }

    /** Before the failure is reported, so that a reader who answers it with a new cell is not aborted. */
    private void gather() {
        while (poller.poll(GATHER_MS) > 0) {
            gathered.add(Frames.receive(this));
        }
    }

    void flushOutput() {
        connection.getIOPub().flush();
    }

    @Override
    public void close() {
        stopped = true;
        if (Thread.currentThread() != thread) {
            waitUntilClose();
        }
        super.close();
    }

    @Override
    public void waitUntilClose() {
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
