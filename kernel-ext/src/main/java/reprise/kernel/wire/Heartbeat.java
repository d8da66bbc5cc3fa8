package reprise.kernel.wire;

import org.dflib.jjava.jupyter.channels.HeartbeatChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;
import reprise.kernel.run.Reserve;

/** Echoes what the server sends to see whether the kernel lives; at once, not at the next of two looks a second. */
final class Heartbeat extends HeartbeatChannel {
    private static final int POLL_MS = 500;

    private final Endpoints endpoints;
    private volatile boolean stopped;
    private Thread thread;

    Heartbeat(ZMQ.Context context, HMACGenerator signer, Endpoints endpoints) {
        super(context, signer);
        this.endpoints = endpoints;
    }

    @Override
    public void bind(KernelConnectionProperties properties) {
        bind(endpoints.address(Endpoints.Port.HEARTBEAT));
        thread = new Thread(this::loop, "reprise-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void loop() {
        ZMQ.Poller poller = ctx.poller(1);
        poller.register(this, ZMQ.Poller.POLLIN);
        while (!stopped) {
            try {
                if (poller.poll(POLL_MS) > 0) {
                    byte[] beat = recv();
                    boolean more = hasReceiveMore();
                    if (more) {
                        Frames.receive(this);
                    }
                    send(beat);
                }
            } catch (OutOfMemoryError e) {
                // A cell filled the heap: the kernel lives on without the reserve.
                Reserve.free();
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.close();
    }

    @Override
    public void waitUntilClose() {}
}
