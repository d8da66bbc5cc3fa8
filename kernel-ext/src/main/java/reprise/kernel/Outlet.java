package reprise.kernel;

import java.util.Base64;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import reprise.display.Bundle;

/** Sends displays from any thread, also while no cell runs; {@code display} of JJava can do neither. */
public final class Outlet {
    private final CommManager comms;

    /**
     * Opens the outlet of a kernel.
     *
     * @param kernel the running kernel
     */
    public Outlet(BaseKernel kernel) {
        this.comms = kernel.getCommManager();
    }

    /**
     * Shows something below the cell that runs, or ran last.
     *
     * @param data what to show
     */
    public void display(DisplayData data) {
        send(PublishDisplayData.MESSAGE_TYPE, new PublishDisplayData(data));
    }

    /**
     * Shows something that will be replaced.
     *
     * @param id the id to replace it by
     * @param data what to show
     */
    public void display(String id, DisplayData data) {
        data.setDisplayId(id);
        display(data);
    }

    /**
     * Replaces what was shown under a display id.
     *
     * @param id the id
     * @param data what to show instead
     */
    public void update(String id, DisplayData data) {
        data.setDisplayId(id);
        send(PublishUpdateDisplayData.MESSAGE_TYPE, new PublishUpdateDisplayData(data));
    }

    /**
     * The request that runs, or ran last.
     *
     * @return the same object for everything that one cell does
     */
    public MessageContext cell() {
        return Internals.get(CommManager.class, "context", comms, MessageContext.class);
    }

    void clear(PublishClearOutput how) {
        send(PublishClearOutput.MESSAGE_TYPE, how);
    }

    private <T> void send(MessageType<T> type, T content) {
        var socket = Internals.get(CommManager.class, "iopub", comms, JupyterSocket.class);
        if (socket != null) {
            // The current context, not the creating cell's: a client ignores updates whose parent has finished.
            socket.sendMessage(new Message<>(cell(), type, content));
        }
    }

    /**
     * Turns a bundle into what Jupyter sends: bytes in base 64, everything else as it is.
     *
     * @param bundle any bundle
     * @return the same types and metadata
     */
    public static DisplayData data(Bundle bundle) {
        var data = new DisplayData();
        fill(bundle, data);
        return data;
    }

    /**
     * Copies a bundle into a display.
     *
     * @param bundle any bundle
     * @param out where its types and metadata go
     */
    public static void fill(Bundle bundle, DisplayData out) {
        for (Map.Entry<String, Object> entry : bundle.data().entrySet()) {
            out.putData(entry.getKey(), entry.getValue() instanceof byte[] bytes
                    ? Base64.getEncoder().encodeToString(bytes)
                    : entry.getValue());
        }
        bundle.metadata().forEach(out::putMetaData);
    }
}
