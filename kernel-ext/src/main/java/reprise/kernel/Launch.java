package reprise.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import reprise.kernel.output.Output;
import reprise.kernel.run.CellClasspath;
import reprise.kernel.run.MachineMemory;
import reprise.kernel.run.Reserve;
import reprise.kernel.wire.Connection;

/** Starts the kernel: {@code java ... reprise.kernel.Launch {connection_file}}. */
public final class Launch {
    private static final int BAD_INPUT = 2;
    private static final String LOG_FORMAT = "[%4$.1s %1$tF %1$tT.%1$tL %3$s] %5$s%n";

    private Launch() {}

    /** Something that whoever started the kernel can mend. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * Runs until a front end asks for the end, or the server is gone.
     *
     * @param args the connection file
     */
    public static void main(String[] args) {
        PrintStream errors = System.err;
        try {
            start(args);
        } catch (Refused e) {
            errors.println("The Java (Reprise) kernel cannot start: " + e.getMessage());
            System.exit(BAD_INPUT);
        } catch (Exception | LinkageError e) {
            errors.println("The Java (Reprise) kernel cannot start: " + e);
            e.printStackTrace(errors);
            System.exit(1);
        }
    }

    private static void start(String[] args) throws Exception {
        System.setProperty("java.util.logging.SimpleFormatter.format", LOG_FORMAT);
        requireJdk();
        requireCache();
        KernelConnectionProperties properties = properties(args);
        BootJar.expandClassPath();
        Warmup.start();
        Parent.watch();
        Reserve.watch();
        // JShell takes longer to make than the sockets do; neither waits for the other.
        var made = CompletableFuture.supplyAsync(Launch::kernel, task -> new Thread(task, "reprise-start").start());
        var connection = new Connection(properties);
        try {
            connection.connect();
        } catch (RuntimeException e) {
            throw new Refused("it cannot listen where the connection file " + args[0] + " says (" + e.getMessage()
                    + "); another kernel may use the same ports.");
        }
        BootJar.loadVectorModule();
        var output = new Output(connection.getIOPub()::sendMessage);
        connection.getIOPub().before(output::flush);
        RepriseKernel kernel = made.join();
        kernel.becomeHandlerForConnection(connection);
        output.install();
        System.setIn(kernel.streams().in);
        connection.serve(() -> {
            Warmup.compile(kernel);
            Reserve.hold();
            MachineMemory.watch();
        });
        connection.waitUntilClose();
    }

    private static RepriseKernel kernel() {
        CellClasspath.shorten();
        RepriseKernel kernel = new RepriseKernel.Assembly().name("Reprise").version(version()).build();
        Warmup.postponeIndex(kernel.getJShell());
        kernel.onStartup();
        return kernel;
    }

    private static String version() {
        String version = Launch.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    private static void requireJdk() throws Refused {
        if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()
                || ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            throw new Refused("the Java at " + System.getProperty("java.home") + " (" + Runtime.version()
                    + ") has no compiler; it is a JRE, and a JDK is needed. Install one, e.g. "
                    + "`apt-get install openjdk-17-jdk-headless`, and run ./reprise again.");
        }
    }

    /** Native libraries are unpacked once; whoever cannot unpack must find them unpacked. */
    private static void requireCache() throws Refused {
        String folder = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (folder == null) {
            return;
        }
        Path cache = Path.of(folder);
        try {
            Files.createDirectories(cache);
            if (Files.isWritable(cache)) {
                return;
            }
            try (Stream<Path> inside = Files.list(cache)) {
                if (inside.findAny().isPresent()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new Refused("the cache for native libraries, " + cache + ", cannot be made (" + e + ").");
        }
        throw new Refused("the cache for native libraries, " + cache + ", cannot be written; change its owner or give "
                + "another folder with -Dorg.bytedeco.javacpp.cachedir.");
    }

    private static KernelConnectionProperties properties(String[] args) throws Refused {
        if (args.length != 1) {
            throw new Refused("it needs one argument, Jupyter's connection file, and got " + args.length + ".");
        }
        try {
            KernelConnectionProperties properties =
                    KernelConnectionProperties.parse(Files.readString(Path.of(args[0])));
            if (properties == null || properties.getTransport() == null || properties.getIp() == null
                    || properties.getKey() == null || properties.getShellPort() == 0) {
                throw new Refused("the connection file " + args[0] + " lacks transport, ip, key or ports.");
            }
            return properties;
        } catch (IOException | InvalidPathException e) {
            throw new Refused("the connection file " + args[0] + " cannot be read (" + e + ").");
        } catch (RuntimeException e) {
            throw new Refused("the connection file " + args[0] + " is not what Jupyter writes (" + e.getMessage()
                    + ").");
        }
    }
}
