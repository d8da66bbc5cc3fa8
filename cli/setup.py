"""Sets up what is missing: the Python environment, the jars, the kernelspec with its class-data archive."""
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from cli import environment, jdk
from cli.environment import HOME, M2, NATIVES, ROOT, VENV, WINDOWS, Problem, digest, logged, step, venv_program

CLI = ROOT / "cli"
SPEC = VENV / "share" / "jupyter" / "kernels" / "reprise"
CLASSPATH = HOME / "classpath"
ARCHIVE = HOME / "archive"
BOOT_JAR = HOME / "kernel.jar"
JARS = HOME / "jars"
MAIN = "reprise.kernel.Start"
NETWORK = "see that the network reaches PyPI and Maven Central, then run the same command again"


def ready():
    """Everything that notebooks need; quick when nothing is missing."""
    with environment.one_at_a_time():
        java = jdk.for_kernel()
        python_environment()
        build(java)
        kernel(java)
    return java


def python_environment():
    lock = CLI / "requirements.txt"
    step("python", "Python environment", digest(lock, sys.version), lambda: install(lock, fresh=True))


def test_tools():
    """What only the tests need."""
    lock = CLI / "test-requirements.txt"
    with environment.one_at_a_time():
        step("test-tools", "Test tools", digest(lock, sys.version, stamp_of("python")), lambda: install(lock))


def stamp_of(name):
    stamp = HOME / "stamps" / name
    return stamp.read_text() if stamp.exists() else ""


def install(lock, fresh=False):
    if fresh:
        shutil.rmtree(VENV, ignore_errors=True)
        make = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if make.returncode != 0:
            raise Problem(
                f"Python's venv module does not work here:\n{make.stdout}{make.stderr}".rstrip(),
                f"`sudo apt-get install python3-venv` on Debian or Ubuntu; elsewhere install Python "
                f"{sys.version_info[0]}.{sys.version_info[1]} with venv and pip")
    logged(
        "Python environment" if fresh else "Test tools",
        [venv_program("python"), "-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check",
         "--require-hashes", "-r", lock],
        NETWORK)


def maven(title, java, *arguments):
    """Runs Maven on a JDK, with its repository inside the checkout."""
    wrapper = ROOT / ("mvnw.cmd" if WINDOWS else "mvnw")
    logged(title, [wrapper, "-B", "-ntp", f"-Dmaven.repo.local={M2}", *arguments], NETWORK, environment.variables(java))


def sources():
    """What the jars are made from."""
    return [ROOT / "pom.xml"] + [
        ROOT / module / part for module in ("library", "kernel-ext") for part in ("pom.xml", "src/main")]


def jjava_jar():
    return VENV / "share" / "jupyter" / "kernels" / "java" / "jjava.jar"


def offer_jjava():
    """JJava is on PyPI, not on Maven Central: the wheel's jar goes into the checkout's own repository."""
    version = "1.0a8"
    folder = M2 / "org" / "dflib" / "jjava" / "jjava-distro" / version
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(jjava_jar(), folder / f"jjava-distro-{version}.jar")
    (folder / f"jjava-distro-{version}.pom").write_text(
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        f"<groupId>org.dflib.jjava</groupId><artifactId>jjava-distro</artifactId><version>{version}</version>"
        "</project>\n")


def build(java):
    def action():
        offer_jjava()
        maven(
            "Java build: library and kernel extension", java, "install", "-pl", "library,kernel-ext,.", "-Dmaven.test.skip", "-Dmaven.javadoc.skip",
            "-Denforcer.skip", "dependency:build-classpath", "-DincludeScope=runtime",
            f"-Dmdep.outputFile={CLASSPATH}")

    step("build", "Java build", digest(*sources(), str(java), stamp_of("python")), action)


def classpath():
    """The class path of the kernel: ours, what we stand on, JJava."""
    jars = [module_jar("kernel-ext"), module_jar("library")]
    jars += [Path(jar) for jar in CLASSPATH.read_text().strip().split(os.pathsep) if "reprise-library" not in jar]
    return jars + [jjava_jar()]


def module_jar(module):
    return next(
        jar for jar in (ROOT / module / "target").glob("reprise-*.jar")
        if not jar.stem.endswith(("-sources", "-javadoc")))


def flags(java):
    """What a JVM that runs the library is started with."""
    modules = ["--add-modules=jdk.incubator.vector"] if java.has_vector else []
    return [*modules, "--enable-native-access=ALL-UNNAMED", *tuning(java)]


def tuning(java):
    """What a reader must never set by hand. No option here speaks of modules: those would switch off the JVM's archived
    module graph, and with it a part of the class-data archive. The kernel has them in its boot jar."""
    flags = [
        # A JVM that is too old for the kernel must come as far as saying so.
        "-XX:+IgnoreUnrecognizedVMOptions",
        # Silences a warning about JavaCPP, which JDK 24 and newer would print into the server's log; the option of
        # this name would stop an older JVM.
        "-Dsun.misc.unsafe.memory.access=allow" if java.feature >= 23 else "",
        # The heap leaves room for native memory: Binder gives 2 GB in all.
        "-XX:MaxRAMPercentage=40",
        "-XX:+UseParallelGC",
        # Garbage waits for its collection in at most this much memory.
        "-XX:MaxNewSize=192m",
        # Interrupting a cell needs safepoints in counted loops; other collectors have them by default.
        "-XX:+UseCountedLoopSafepoints",
        "-XX:LoopStripMiningIter=1000",
        # JDK 17's C2 boxes vectors at inlining limits without this.
        *(["-XX:+UnlockDiagnosticVMOptions", "-XX:+IncrementalInlineForceCleanup"] if java.feature < 21 else []),
        # The kernel loads the Vector API after the JVM has decided whether to compile it.
        *(["-XX:+UnlockExperimentalVMOptions", "-XX:+EnableVectorSupport"] if java.has_vector else []),
        "-XX:+ShowCodeDetailsInExceptionMessages",
        "-Djava.awt.headless=true",
        f"-Dorg.bytedeco.javacpp.cachedir={NATIVES}",
        "-Dfile.encoding=UTF-8",
    ]
    return [flag for flag in flags if flag]


def archive_flags(java):
    """The class-data archive in the newest form that this JDK knows: to use it, and to make it."""
    form = "AOTCache" if java.feature >= 25 else "SharedArchiveFile"
    maker = "-XX:AOTCacheOutput=" if java.feature >= 25 else "-XX:ArchiveClassesAtExit="
    return f"-XX:{form}={ARCHIVE}", f"{maker}{ARCHIVE}"


def boot_jar():
    """A jar that is only a manifest: the kernel's class path, and what options about modules would say. The class-data
    archive takes no path that is absolute or leads upwards, so our own jars are copied to it."""
    shutil.rmtree(JARS, ignore_errors=True)
    JARS.mkdir(parents=True)
    for module in ("kernel-ext", "library"):
        jar = module_jar(module)
        sources = jar.with_name(jar.stem + "-sources.jar")
        for file in (jar, sources):
            shutil.copyfile(file, JARS / file.name)
    inside = [JARS / jar.name if jar.parent.name == "target" else jar for jar in classpath()]
    attributes = {
        "Manifest-Version": "1.0",
        "Main-Class": MAIN,
        "Class-Path": " ".join(jar.relative_to(HOME).as_posix() for jar in inside),
        "Add-Opens": "jdk.jshell/jdk.jshell",
        "Add-Exports": "java.base/jdk.internal.module java.instrument/sun.instrument",
        "Enable-Native-Access": "ALL-UNNAMED",
    }
    lines = [f"{name}: {value}".encode() for name, value in attributes.items()]
    # A line has 72 bytes at most and goes on after a space.
    folded = [b"\r\n ".join([line[:72], *(line[i:i + 71] for i in range(72, len(line), 71))]) for line in lines]
    with zipfile.ZipFile(BOOT_JAR, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", b"\r\n".join(folded) + b"\r\n\r\n")


def command(java, *extra):
    return [str(java.java), *tuning(java), *extra, "-jar", str(BOOT_JAR), "{connection_file}"]


def write_spec(argv):
    SPEC.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": argv,
        "display_name": "Java (Reprise)",
        "language": "java",
        "interrupt_mode": "message",
        "env": {"OMP_WAIT_POLICY": "passive"},
        "metadata": {"debugger": False},
    }
    (SPEC / "kernel.json").write_text(json.dumps(spec, indent=1) + "\n")


def kernel(java):
    def action():
        use, make = archive_flags(java)
        ARCHIVE.unlink(missing_ok=True)
        boot_jar()
        # A class that names the Vector API cannot be archived while no option makes that module known.
        write_spec(command(java, make, "-Dreprise.vector=off"))
        try:
            logged("Kernel: class-data archive", [venv_program("python"), "-m", "cli.rehearse"], None,
                   environment.variables(java))
        except Problem as slower:
            print(f"The kernel will start slower, its class-data archive could not be made: {slower}", file=sys.stderr)
        write_spec(command(java, *([use] if ARCHIVE.exists() else [])))

    settings()
    step("kernel", "Kernel", digest(CLI / "setup.py", CLI / "rehearse.py", str(java), stamp_of("build")), action)


def settings():
    """JupyterLab shows Markdown, hence the gallery, as a page and not as its source."""
    overrides = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    wanted = json.dumps({
        "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }, indent=1)
    if not overrides.exists() or overrides.read_text() != wanted:
        overrides.parent.mkdir(parents=True, exist_ok=True)
        overrides.write_text(wanted)


def jjava_version():
    """The version of the kernel's jar, read from the jar itself."""
    with zipfile.ZipFile(jjava_jar()) as jar:
        text = jar.read("META-INF/maven/org.dflib.jjava/jjava-distro/pom.properties").decode()
    return next(line.split("=")[1] for line in text.splitlines() if line.startswith("version="))
