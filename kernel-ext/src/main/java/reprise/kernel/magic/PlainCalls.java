package reprise.kernel.magic;

import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.ParsedCellMagic;
import org.dflib.jjava.jupyter.kernel.magic.ParsedLineMagic;
import reprise.kernel.Notebook;

/** Has magics called through {@link Notebook}, which does not wrap what they throw. */
public final class PlainCalls extends MagicTranspiler {
    private static final String THEIRS = BaseNotebookStatics.class.getName();
    private static final String OURS = Notebook.class.getName();

    /** As JJava's. */
    public PlainCalls() {}

    @Override
    public String transpileLine(ParsedLineMagic magic) {
        return super.transpileLine(magic).replace(THEIRS + ".lineMagic(", OURS + ".lineMagic(");
    }

    @Override
    public String transpileCell(ParsedCellMagic magic) {
        return super.transpileCell(magic).replace(THEIRS + ".cellMagic(", OURS + ".cellMagic(");
    }
}
