package reprise.kernel.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;
import reprise.kernel.Internals;

/** JJava's connection with sockets of ours. */
public final class Connection extends JupyterConnection {
    private final KernelConnectionProperties properties;
    private final Heartbeat beat;
    private final RequestChannel requests;
    private final RequestChannel controls;
    private final InputChannel input;
    private final Publisher publisher;

    /**
     * Makes the sockets; they do not listen yet.
     *
     * @param properties what the connection file says
     * @throws IOException if a Unix socket cannot be made
     * @throws GeneralSecurityException if the signature scheme is unknown
     */
    public Connection(KernelConnectionProperties properties) throws IOException, GeneralSecurityException {
        super(properties);
        this.properties = properties;
        ZMQ.Context context = Internals.get(JupyterConnection.class, "ctx", this, ZMQ.Context.class);
        HMACGenerator signer = properties.createHMACGenerator();
        var endpoints = new Endpoints(properties);
        beat = new Heartbeat(context, signer, endpoints);
        requests = new RequestChannel(context, signer, false, this, endpoints);
        controls = new RequestChannel(context, signer, true, this, endpoints);
        input = new InputChannel(context, signer, endpoints);
        publisher = new Publisher(context, signer, endpoints);
    }

    /** Listens; requests wait until {@link #serve}. */
    @Override
    public void connect() {
        publisher.bind(properties);
        beat.bind(properties);
        requests.bind(properties);
        controls.bind(properties);
        input.bind(properties);
        publisher.sendMessage(new Message<>((MessageContext) null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    }

    /**
     * Answers requests from now on, on threads of its own.
     *
     * @param inFirstPause done once, on the thread of the cells, when a request is answered and no other waits
     */
    public void serve(Runnable inFirstPause) {
        controls.serve(() -> {});
        requests.serve(inFirstPause);
    }

    @Override
    public Publisher getIOPub() {
        return publisher;
    }

    @Override
    public Answer prepareReplyEnv(ShellChannel channel, MessageContext context) {
        return new Answer((RequestChannel) channel, input, publisher, (Message<?>) context);
    }

    /** Does not wait for the sockets: the process ends next. */
    @Override
    public void close() {}

    @Override
    public void waitUntilClose() {
        requests.waitUntilClose();
        controls.waitUntilClose();
    }
}
