package reprise.kernel.run;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts checks into the classes of cells: at the start of every method and before every backward jump. A check leaves
 * stack and locals alone, so that nothing else in the class changes.
 */
final class Instrument {
    private static final String STOP = "reprise/kernel/run/Stop";
    private static final String THREADS = "reprise/kernel/output/CellThreads";

    private Instrument() {}

    static byte[] instrument(byte[] bytecode, boolean checks) {
        var reader = new ClassReader(bytecode);
        var writer = new ClassWriter(reader, 0);
        reader.accept(new Classes(writer, checks), 0);
        return writer.toByteArray();
    }

    private static final class Classes extends ClassVisitor {
        private final boolean checks;

        Classes(ClassWriter writer, boolean checks) {
            super(Opcodes.ASM9, writer);
            this.checks = checks;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new Methods(next, name.startsWith("do_it$"), checks && !name.equals("<clinit>"));
        }
    }

    private static final class Methods extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();
        private final boolean entry;
        private final boolean checks;

        Methods(MethodVisitor next, boolean entry, boolean checks) {
            super(Opcodes.ASM9, next);
            this.entry = entry;
            this.checks = checks;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (entry) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, THREADS, "enter", "()V", false);
            }
            check();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                check();
            }
            super.visitJumpInsn(opcode, label);
        }

        private void check() {
            if (checks) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP, "check", "()V", false);
            }
        }
    }
}
