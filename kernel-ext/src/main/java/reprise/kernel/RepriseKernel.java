package reprise.kernel;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.magic.MagicsResolver;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.JavaKernelBuilder;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.shaded.com.google.gson.JsonArray;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;
import reprise.kernel.assist.Completion;
import reprise.kernel.assist.Inspection;
import reprise.kernel.assist.Session;
import reprise.kernel.magic.NearMagics;
import reprise.kernel.magic.PlainCalls;
import reprise.kernel.output.CellThreads;
import reprise.kernel.render.Renderers;
import reprise.kernel.render.SafeRenderer;
import reprise.kernel.run.Reserve;
import reprise.kernel.run.StoppableEvaluator;
import reprise.kernel.widget.CellWidgets;
import reprise.kernel.wire.Answer;

/** JJava's kernel as Jupyter's protocol wants it: silent cells, user expressions, failures that stop the queue. */
public final class RepriseKernel extends JavaKernel {
    private final StoppableEvaluator evaluator;
    private final CellIO cells;
    private final History history;
    private final Completion completion;
    private final Inspection inspection;

    private RepriseKernel(Parts parts, StringStyler styler, JShell shell, StoppableEvaluator evaluator) {
        super(parts.name(), parts.version(), parts.language(), java.util.List.of(), parts.history(), parts.io(),
                parts.comms(), parts.renderer(), parts.resolver(), parts.magics(), true, styler, shell, evaluator);
        this.evaluator = evaluator;
        cells = parts.io();
        history = parts.history();
        var session = new Session(shell, evaluator.getClassLoader());
        completion = new Completion(session);
        inspection = new Inspection(session, this::preview);
    }

    private record Parts(String name, String version, LanguageInfo language, History history, CellIO io,
            CommManager comms, Renderer renderer, MagicsResolver resolver, MagicsRegistry magics) {}

    /** Makes the kernel out of JJava's parts and ours. */
    static final class Assembly extends JavaKernelBuilder<Assembly, RepriseKernel> {
        @Override
        public RepriseKernel build() {
            StoppableEvaluator evaluator = buildCodeEvaluator(buildName());
            var parts = new Parts(buildName(), buildVersion(), buildLanguageInfo(), new History(),
                    new CellIO(buildJupyterIOEncoding()), buildCommManager(), new SafeRenderer(),
                    buildMagicsResolver(new PlainCalls()), new NearMagics());
            return new RepriseKernel(parts, buildErrorStyler(), buildJShell(evaluator), evaluator);
        }

        @Override
        protected StoppableEvaluator buildCodeEvaluator(String name) {
            return new StoppableEvaluator(name, timeoutUnit == null ? -1 : timeoutDuration,
                    timeoutUnit == null ? TimeUnit.MILLISECONDS : timeoutUnit);
        }
    }

    /** The kernel knows its own extension, which does JJava's work too; looking for others' costs start-up time. */
    @Override
    protected void installDefaultExtensions() {
        installExtension(new RepriseExtension());
    }

    @Override
    protected synchronized void handleExecuteRequest(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        evaluator.begin();
        ExecuteRequest request = message.getContent();
        var answer = (Answer) env;
        String code = request.getCode() == null ? "" : request.getCode();
        int count = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
        commManager.setMessageContext(message);
        CellThreads.begin(message);
        CellWidgets.begin(message);
        cells.attach(env, request.isStdinEnabled());
        if (!request.isSilent()) {
            env.publish(new PublishExecuteInput(code, count));
        }
        var reply = new JsonObject();
        reply.addProperty("execution_count", count);
        try {
            DisplayData out = evalBuilder(code).resolveMagics().renderResults().eval();
            if (out != null && !request.isSilent()) {
                env.publish(new PublishExecuteResult(count, out));
            }
            remember(request, count, code, out);
            reply.add("user_expressions", expressions(request.getUserExpr()));
            reply.add("payload", new JsonArray());
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            if (e instanceof OutOfMemoryError) {
                Reserve.free();
            }
            remember(request, count, code, null);
            PublishError error = PublishError.of(exception(e), this::formatError);
            if (!request.isSilent()) {
                env.publish(error);
            }
            addError(reply, error);
            if (request.shouldStopOnError()) {
                answer.abortQueued();
            }
        }
        env.defer();
        answer.reply(ExecuteReply.MESSAGE_TYPE, reply);
        Reserve.hold();
    }

    private void remember(ExecuteRequest request, int count, String code, DisplayData out) {
        if (request.shouldStoreHistory() && !request.isSilent()) {
            Object text = out == null ? null
                    : out.getData(MIMEType.TEXT_PLAIN);
            history.add(count, code, text == null ? "" : text.toString());
        }
    }

    private static Exception exception(Throwable e) {
        return e instanceof Exception exception ? exception : new IllegalStateException(e.toString(), e);
    }

    private static void addError(JsonObject out, PublishError error) {
        var trace = new JsonArray();
        error.getStacktrace().forEach(trace::add);
        out.addProperty("status", "error");
        out.addProperty("ename", error.getErrorName());
        out.addProperty("evalue", error.getErrorMessage());
        out.add("traceback", trace);
    }

    private JsonObject expressions(Map<String, String> wanted) {
        var out = new JsonObject();
        if (wanted != null) {
            wanted.forEach((name, code) -> out.add(name, expression(code)));
        }
        return out;
    }

    private JsonObject expression(String code) {
        var out = new JsonObject();
        try {
            DisplayData value = evalBuilder(code).renderResults().eval();
            out = Answer.json(DisplayData.emptyIfNull(value));
            out.remove("transient");
            out.addProperty("status", "ok");
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            addError(out, PublishError.of(exception(e), this::formatError));
        }
        return out;
    }

    @Override
    protected void handleCompleteRequest(ShellReplyEnvironment env, Message<CompleteRequest> message) {
        String code = message.getContent().getCode();
        int at = position(code, message.getContent().getCursorPos());
        ReplacementOptions magics = code.startsWith("%", code.lastIndexOf('\n', at - 1) + 1)
                ? complete(code, at) : null;
        if (magics != null) {
            env.reply(new CompleteReply(magics.getReplacements(), letters(code, magics.getSourceStart()),
                    letters(code, at), Map.of()));
            return;
        }
        Completion.Proposals found = completion.at(code, at);
        var kinds = new ArrayList<Map<String, Object>>();
        for (Completion.Proposal one : found.proposals()) {
            kinds.add(Map.of("start", letters(code, found.start()), "end", letters(code, at), "text", one.text(),
                    "type", one.kind(), "signature", one.signature()));
        }
        env.reply(new CompleteReply(found.proposals().stream().map(Completion.Proposal::text).toList(),
                letters(code, found.start()), letters(code, at), Map.of("_jupyter_types_experimental", kinds)));
    }

    /** Jupyter counts letters, Java counts UTF-16 units; a cursor outside the code is at its nearer end. */
    private static int position(String code, int letters) {
        return code.offsetByCodePoints(0, Math.max(0, Math.min(letters, code.codePointCount(0, code.length()))));
    }

    private static int letters(String code, int position) {
        return code.codePointCount(0, position);
    }

    @Override
    protected void handleInspectRequest(ShellReplyEnvironment env, Message<InspectRequest> message) {
        String code = message.getContent().getCode();
        var found = inspection.at(code, position(code, message.getContent().getCursorPos()));
        env.reply(new InspectReply(found.isPresent(), found.orElseGet(DisplayData::new)));
    }

    private String preview(Object value) {
        return Renderers.glance(renderer, value);
    }

    /** JJava calls anything complete that JShell would try to run; what the parser refuses is invalid. */
    @Override
    public String isComplete(String code) {
        String java = magicsResolver.resolve(code == null ? "" : code);
        SourceCodeAnalysis analysis = getJShell().sourceCodeAnalysis();
        SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(java);
        while (info.completeness().isComplete()) {
            if (analysis.sourceToSnippets(info.source()).stream().anyMatch(s -> s.kind() == Snippet.Kind.ERRONEOUS)) {
                return IS_COMPLETE_BAD;
            }
            info = analysis.analyzeCompletion(info.remaining());
        }
        return super.isComplete(java);
    }

    /** The kernel's standard streams; they stay while it lives, so nothing is to be put back. */
    JupyterIO streams() {
        return cells;
    }
}
