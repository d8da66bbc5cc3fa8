package reprise.kernel.magic;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.magic.UndefinedMagicException;

/** JJava's registry that names the near magic when there is none of a name. */
public final class NearMagics extends MagicsRegistry {
    /** An empty registry. */
    public NearMagics() {}

    @Override
    public <T, K extends BaseKernel> T evalLineMagic(K kernel, String name, List<String> args) throws Exception {
        try {
            return super.evalLineMagic(kernel, name, args);
        } catch (UndefinedMagicException e) {
            throw new IllegalArgumentException(Magics.unknown(name, this));
        }
    }

    @Override
    public <T, K extends BaseKernel> T evalCellMagic(K kernel, String name, List<String> args, String body)
            throws Exception {
        try {
            return super.evalCellMagic(kernel, name, args, body);
        } catch (UndefinedMagicException e) {
            throw new IllegalArgumentException(Magics.unknown(name, this));
        }
    }
}
