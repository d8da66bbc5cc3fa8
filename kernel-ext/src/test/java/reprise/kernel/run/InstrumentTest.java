package reprise.kernel.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class InstrumentTest {
    /** What is instrumented: two methods with a loop each, a constructor, and a loop that jumps back twice. */
    static final class Subject {
        int once(int n) {
            int s = 0;
            for (int i = 0; i < n; i++) {
                s += i;
            }
            return s;
        }

        int twice(int n) {
            int s = n;
            do {
                while (s > n) {
                    s--;
                }
            } while (s < 0);
            return s;
        }
    }

    private static byte[] subject() throws IOException {
        String file = Subject.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Subject.class.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }

    private static int checks(byte[] bytecode) {
        int[] count = {0};
        new ClassReader(bytecode).accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(int opcode, String owner, String name, String type, boolean itf) {
                        count[0] += owner.equals("reprise/kernel/run/Stop") && name.equals("check") ? 1 : 0;
                    }
                };
            }
        }, 0);
        return count[0];
    }

    @Test
    void everyMethodAndEveryBackwardJumpIsChecked() throws IOException {
        assertEquals(3 + 3, checks(Instrument.instrument(subject(), true)));
    }

    @Test
    void nothingIsCheckedWhereChecksAreOff() throws IOException {
        assertEquals(0, checks(Instrument.instrument(subject(), false)));
    }

    @Test
    void instrumentedCodeComputesTheSame() throws ReflectiveOperationException, IOException {
        byte[] bytecode = Instrument.instrument(subject(), true);
        var loader = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define() {
                return defineClass(null, bytecode, 0, bytecode.length);
            }
        };
        var type = loader.define();
        var maker = type.getDeclaredConstructor();
        maker.setAccessible(true);
        Object subject = maker.newInstance();
        var results = new int[2];
        String[] names = {"once", "twice"};
        for (int i = 0; i < 2; i++) {
            var method = type.getDeclaredMethod(names[i], int.class);
            method.setAccessible(true);
            results[i] = (int) method.invoke(subject, 10);
        }
        assertArrayEquals(new int[] {45, 10}, results);
    }
}
