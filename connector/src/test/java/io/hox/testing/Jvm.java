package io.hox.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path and the settings of the tests. */
public final class Jvm {
    private Jvm() {}

    /**
     * Starts the main method of a test class.
     *
     * @param log gets what it prints
     */
    public static Process start(Class<?> main, Path log, List<String> arguments) throws IOException {
        return start(main, log, List.of(), arguments);
    }

    /** As {@link #start(Class, Path, List)} with jars before the class path of the tests. */
    public static Process start(Class<?> main, Path log, List<Path> jars, List<String> arguments) throws IOException {
        StringBuilder classPath = new StringBuilder();
        jars.forEach(jar -> classPath.append(jar.toAbsolutePath()).append(File.pathSeparator));
        classPath.append(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath.toString(), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
