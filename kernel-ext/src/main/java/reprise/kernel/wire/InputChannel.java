package reprise.kernel.wire;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;

/**
 * Asks the reader for a line, and lets an interrupt end the wait. One thread has the socket to itself: the cell's own
 * thread may be interrupted at any moment, and JeroMQ would lose a frame or take the interrupt for its own.
 */
final class InputChannel extends StdinChannel {
    /** How soon a question is given up whose cell was interrupted. */
    private static final int LOOK_MS = 10;

    private final ExecutorService asker = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "reprise-stdin");
        thread.setDaemon(true);
        return thread;
    });
    private final Endpoints endpoints;
    private ZMQ.Poller poller;

    InputChannel(ZMQ.Context context, HMACGenerator signer, Endpoints endpoints) {
        super(context, signer);
        this.endpoints = endpoints;
    }

    @Override
    public void bind(KernelConnectionProperties properties) {
        bind(endpoints.address(Endpoints.Port.STDIN));
        poller = ctx.poller(1);
        poller.register(this, ZMQ.Poller.POLLIN);
    }

    @Override
    public String getInput(MessageContext request, String prompt, boolean password) {
        var nobodyWaits = new AtomicBoolean();
        Future<String> line = asker.submit(() -> ask(request, new InputRequest(prompt, password), nobodyWaits));
        try {
            return line.get() + System.lineSeparator();
        } catch (InterruptedException e) {
            nobodyWaits.set(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for input");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the front end cannot be asked for input", e.getCause());
        }
    }

    private String ask(MessageContext request, InputRequest question, AtomicBoolean nobodyWaits) {
        while (poller.poll(0) > 0) {
            // The answer to a question whose cell was interrupted.
            Frames.receive(this);
        }
        sendMessage(new Message<>(request, InputRequest.MESSAGE_TYPE, question));
        while (!nobodyWaits.get()) {
            if (poller.poll(LOOK_MS) > 0) {
                try {
                    Message<?> message = Frames.parse(Frames.receive(this), hmacGenerator);
                    if (message.getContent() instanceof InputReply reply) {
                        return reply.getValue();
                    }
                } catch (Frames.Malformed e) {
                    logger.warn("ignored a message on stdin: {}", e.getMessage());
                }
            }
        }
        return "";
    }
}
