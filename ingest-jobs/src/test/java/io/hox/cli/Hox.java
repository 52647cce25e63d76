package io.hox.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Runs the {@code hox} command in this JVM, with a Spark session that all tests share, and keeps what it printed. */
public final class Hox {
    private Hox() {}

    /**
     * What a command left.
     *
     * @param exitCode 0, 1 or 2
     * @param out standard output
     * @param err standard error
     */
    public record Result(int exitCode, String out, String err) {
        /** The lines of standard output. */
        public List<String> lines() {
            return out.lines().toList();
        }

        @Override
        public String toString() {
            return "exit " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
        }
    }

    /** Runs a command line as a terminal would. */
    public static Result run(Object... arguments) {
        session();
        return runAlone(arguments);
    }

    /** Runs a command that must succeed; returns its standard output. */
    public static String output(Object... arguments) {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError("hox " + List.of(arguments) + " failed: " + result);
        }
        return result.out();
    }

    /** Runs a command line that finds the Spark session in whatever state the JVM has it. */
    static Result runAlone(Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode;
        try (PrintStream newOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream newErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(newOut);
            System.setErr(newErr);
            exitCode = HoxCommand.run(texts.toArray(String[]::new));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The session that commands of tests share: starting one takes longer than most of them. */
    public static SparkSession session() {
        return SparkSession.builder()
                // A task that fails for reasons of its own may try again, as on a cluster.
                .master("local[2, 2]")
                .appName("hox tests")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }
}
