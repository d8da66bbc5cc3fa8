package reprise.kernel.run;

import java.util.function.BooleanSupplier;
import jdk.jshell.spi.ExecutionControl;

/** JJava's execution with the classes of cells instrumented on their way in. */
final class StoppableControl implements ExecutionControl {
    private final ExecutionControl control;
    private final boolean checks;
    private final BooleanSupplier interrupted;
    private final Definitions definitions;

    /** @param interrupted whether the cell was interrupted before its code began, while it was compiled */
    StoppableControl(ExecutionControl control, boolean checks, BooleanSupplier interrupted, Definitions definitions) {
        this.control = control;
        this.checks = checks;
        this.interrupted = interrupted;
        this.definitions = definitions;
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        definitions.load(instrumented(classes));
    }

    @Override
    public void redefine(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        definitions.redefine(instrumented(classes));
    }

    private ClassBytecodes[] instrumented(ClassBytecodes[] classes) {
        var out = new ClassBytecodes[classes.length];
        for (int i = 0; i < classes.length; i++) {
            out[i] = new ClassBytecodes(classes[i].name(), Instrument.instrument(classes[i].bytecodes(), checks));
        }
        return out;
    }

    @Override
    public String invoke(String className, String methodName)
            throws RunException, EngineTerminationException, InternalException {
        if (interrupted.getAsBoolean()) {
            throw new UserException("stopped", Stop.Stopped.class.getName(), new StackTraceElement[0]);
        }
        definitions.runs(className);
        try {
            return control.invoke(className, methodName);
        } catch (UserException e) {
            if (OutOfMemoryError.class.getName().equals(e.causeExceptionClass())) {
                Reserve.free();
            }
            throw e;
        } catch (OutOfMemoryError e) {
            Reserve.free();
            throw e;
        }
    }

    @Override
    public String varValue(String className, String varName)
            throws RunException, EngineTerminationException, InternalException {
        return control.varValue(className, varName);
    }

    @Override
    public void addToClasspath(String path) throws EngineTerminationException, InternalException {
        control.addToClasspath(path);
    }

    @Override
    public void stop() throws EngineTerminationException, InternalException {
        control.stop();
    }

    @Override
    public Object extensionCommand(String command, Object argument)
            throws RunException, EngineTerminationException, InternalException {
        return control.extensionCommand(command, argument);
    }

    @Override
    public void close() {
        control.close();
    }
}
