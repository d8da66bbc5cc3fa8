package reprise.kernel.wire;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** Where each socket listens. JeroMQ has no Unix sockets, so with ipc a bridge leads from them to the loopback. */
final class Endpoints {
    /** The five sockets of a kernel. */
    enum Port { SHELL, CONTROL, STDIN, HEARTBEAT, IOPUB }

    private final KernelConnectionProperties properties;
    private final Map<Port, String> bridged = new EnumMap<>(Port.class);

    Endpoints(KernelConnectionProperties properties) throws IOException {
        this.properties = properties;
        if (properties.getTransport().equals("ipc")) {
            for (Port port : Port.values()) {
                bridged.put(port, IpcBridge.open(properties.getIp() + "-" + number(port)));
            }
        }
    }

    String address(Port port) {
        return bridged.getOrDefault(port,
                properties.getTransport() + "://" + properties.getIp() + ":" + number(port));
    }

    private int number(Port port) {
        return switch (port) {
            case SHELL -> properties.getShellPort();
            case CONTROL -> properties.getControlPort();
            case STDIN -> properties.getStdinPort();
            case HEARTBEAT -> properties.getHbPort();
            case IOPUB -> properties.getIopubPort();
        };
    }
}
