package io.hox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Python interpreters in virtual environments with pinned packages, for tests against the Python libraries. A machine
 * without a suitable Python skips those tests and says what to install; where {@code CI=true}, packages that can't be
 * installed are a failure.
 */
public final class PythonEnvironment {
    /** Names a ready interpreter with the packages of {@code requirements-homeobox.txt}; it is used as it is. */
    public static final String INTERPRETER_VARIABLE = "HOX_INTEROP_PYTHON";

    private static final Path ROOT =
            Path.of(System.getProperty("hox.root", "..")).toAbsolutePath().normalize();
    private static final String READY = "hox-ready";

    private static Path homeobox;

    private PythonEnvironment() {}

    /** Python >= 3.12 with the real homeobox, anndata, zarr and h5py; made once per checkout below {@code .venvs}. */
    public static synchronized Path homeobox() {
        if (homeobox == null) {
            String ready = System.getenv(INTERPRETER_VARIABLE);
            homeobox = ready != null && !ready.isBlank()
                    ? Path.of(ready)
                    : shared(
                            "homeobox",
                            ROOT.resolve("connector/src/test/python/requirements-homeobox.txt"),
                            12,
                            13,
                            14);
        }
        return homeobox;
    }

    /**
     * Makes a virtual environment anew.
     *
     * @param directory where; emptied first
     * @param requirements a pip requirements file
     * @param minors the Python 3 minor versions that will do, the best first
     * @return the environment's interpreter
     */
    public static Path fresh(Path directory, Path requirements, int... minors) {
        return make(directory, interpreter(minors), requirements);
    }

    /**
     * Runs a script or {@code -c} program to its end.
     *
     * @return what it printed, both streams; a failure of the script is an assertion failure that shows it
     */
    public static String run(Path python, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(python.toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessOutput result = ProcessOutput.of(command);
        if (result.exitCode() != 0) {
            Assertions.fail(String.join(" ", command) + "\nexit code " + result.exitCode() + "\n" + result.output());
        }
        return result.output();
    }

    private static Path shared(String name, Path requirements, int... minors) {
        Path base = interpreter(minors);
        try {
            Path directory = ROOT.resolve(".venvs").resolve(name + "-" + fingerprint(base, requirements));
            Files.createDirectories(directory.getParent());
            // Test JVMs of several modules or builds may come here at once.
            try (FileChannel channel = FileChannel.open(
                            directory.resolveSibling(directory.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && Files.exists(directory.resolve(READY))) {
                    return interpreterOf(directory);
                }
                return make(directory, base, requirements);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make(Path directory, Path base, Path requirements) {
        try {
            Directories.delete(directory);
            ProcessOutput venv = ProcessOutput.of(List.of(base.toString(), "-m", "venv", directory.toString()));
            if (venv.exitCode() != 0) {
                giveUp(base + " -m venv " + directory, venv);
            }
            Path python = interpreterOf(directory);
            List<String> pip = List.of(
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "-r",
                    requirements.toString());
            ProcessOutput installed = ProcessOutput.of(pip);
            if (installed.exitCode() != 0) {
                giveUp(String.join(" ", pip), installed);
            }
            Files.writeString(directory.resolve(READY), Files.readString(requirements));
            return python;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void giveUp(String command, ProcessOutput result) {
        String message = "this command failed with exit code " + result.exitCode() + ": " + command + "\n"
                + result.lastLines(10);
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(message);
        }
        Assumptions.abort("skipped: " + message);
    }

    private static Path interpreter(int... minors) {
        Path base = PythonInterpreters.find(minors);
        Assumptions.assumeTrue(
                base != null,
                () -> "skipped: no Python 3." + minors[0]
                        + " with venv here; install one, for example: apt-get install python3." + minors[0]
                        + "-venv, or: pyenv install 3." + minors[0]);
        return base;
    }

    private static Path interpreterOf(Path environment) {
        return environment.resolve("bin").resolve("python");
    }

    private static String fingerprint(Path base, Path requirements) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(base.toString().getBytes(StandardCharsets.UTF_8));
        crc.update(Files.readAllBytes(requirements));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
