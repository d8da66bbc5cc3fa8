package reprise.kernel.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Carries bytes between a Unix socket and a port of the loopback: ZeroMQ speaks the same on both. */
final class IpcBridge {
    private static final int CHUNK = 1 << 16;
    private static final int MOST_TRIES = 500;
    private static final int RETRY_MS = 20;

    private final ServerSocketChannel server;
    private final int port;

    private IpcBridge(ServerSocketChannel server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Listens at a path; returns the address to which a socket of JeroMQ must bind. */
    static String open(String path) throws IOException {
        Path file = Path.of(path);
        Files.deleteIfExists(file);
        file.toFile().deleteOnExit();
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file));
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var bridge = new IpcBridge(server, port);
        daemon("accept", bridge::accept);
        return "tcp://127.0.0.1:" + port;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel outside = server.accept();
                SocketChannel inside = inside();
                daemon("in", () -> pump(outside, inside));
                daemon("out", () -> pump(inside, outside));
            }
        } catch (IOException e) {
            System.err.println("The kernel's Unix socket closed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A front end may be there before the kernel's own socket is bound. */
    private SocketChannel inside() throws IOException, InterruptedException {
        for (int tries = 0;; tries++) {
            try {
                return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (ConnectException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try (from; to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // One side went away; leaving closes the other.
            return;
        }
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, "reprise-ipc-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
