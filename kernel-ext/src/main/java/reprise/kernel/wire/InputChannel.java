package reprise.kernel.wire;

import java.util.concurrent.CancellationException;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;

/** Asks the reader for a line, and lets an interrupt end the wait. */
final class InputChannel extends StdinChannel {
    private static final int LOOK_MS = 10;

    private final Endpoints endpoints;

    InputChannel(ZMQ.Context context, HMACGenerator signer, Endpoints endpoints) {
        super(context, signer);
        this.endpoints = endpoints;
    }

    @Override
    public void bind(KernelConnectionProperties properties) {
        bind(endpoints.address(Endpoints.Port.STDIN));
    }

    @Override
    public synchronized String getInput(MessageContext request, String prompt, boolean password) {
        try (ZMQ.Poller poller = ctx.poller(1)) {
            poller.register(this, ZMQ.Poller.POLLIN);
            while (poller.poll(0) > 0) {
                // The answer to a question whose cell was interrupted.
                Frames.receive(this);
            }
            sendMessage(new Message<>(request, InputRequest.MESSAGE_TYPE, new InputRequest(prompt, password)));
            while (true) {
                // Not in the poller: it takes the interrupt of a waiting thread for its own and forgets it.
                Thread.sleep(LOOK_MS);
                if (poller.poll(0) > 0) {
                    try {
                        Message<?> message = Frames.parse(Frames.receive(this), hmacGenerator);
                        if (message.getContent() instanceof InputReply reply) {
                            return reply.getValue() + System.lineSeparator();
                        }
                    } catch (Frames.Malformed e) {
                        logger.warn("ignored a message on stdin: {}", e.getMessage());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for input");
        }
    }
}
