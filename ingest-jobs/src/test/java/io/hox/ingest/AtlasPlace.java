package io.hox.ingest;

import io.hox.cli.Hox;
import io.hox.testing.Directories;
import io.hox.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Where the atlases of a test lie: in a directory, or in a bucket whose objects are files of a directory. */
public abstract class AtlasPlace implements AutoCloseable {
    private static final String PREFIX = "spark.hadoop.";

    /** The path or URI of an atlas. */
    public abstract String atlas(String name);

    /** The files of an atlas. */
    public abstract Path files(String name);

    /** Makes a copy of an atlas. */
    public void copy(String from, String to) throws IOException {
        put(files(from), to);
    }

    /** Takes an atlas from a directory. */
    public abstract void put(Path from, String to) throws IOException;

    /** What a JVM needs to get there. */
    public abstract List<String> javaOptions();

    @Override
    public void close() {}

    public static AtlasPlace local(Path directory) {
        return new AtlasPlace() {
            @Override
            public String atlas(String name) {
                return directory.resolve(name).toString();
            }

            @Override
            public Path files(String name) {
                return directory.resolve(name);
            }

            @Override
            public void put(Path from, String to) throws IOException {
                Directories.copy(from, files(to));
            }

            @Override
            public List<String> javaOptions() {
                return List.of();
            }
        };
    }

    /** A new bucket; its settings are those of this JVM until this is closed. */
    public static AtlasPlace s3() {
        S3Server server = S3Server.running();
        String bucket = server.bucket();
        configure(server.options());
        return new AtlasPlace() {
            @Override
            public String atlas(String name) {
                return "s3a://" + bucket + "/lab/" + name;
            }

            @Override
            public Path files(String name) {
                return server.directory(bucket).resolve("lab").resolve(name);
            }

            @Override
            public void put(Path from, String to) throws IOException {
                server.upload(from, bucket, "lab/" + to);
            }

            @Override
            public List<String> javaOptions() {
                return server.options().entrySet().stream()
                        .map(option -> "-D" + PREFIX + option.getKey() + "=" + option.getValue())
                        .toList();
            }

            @Override
            public void close() {
                forget(server.options());
            }
        };
    }

    /** Settings as the script is given them; the session of the tests is there already, so it is told, too. */
    static void configure(Map<String, String> options) {
        Configuration hadoop = Hox.session().sparkContext().hadoopConfiguration();
        options.forEach((key, value) -> {
            System.setProperty(PREFIX + key, value);
            hadoop.set(key, value);
        });
    }

    static void forget(Map<String, String> options) {
        Configuration hadoop = Hox.session().sparkContext().hadoopConfiguration();
        options.keySet().forEach(key -> {
            System.clearProperty(PREFIX + key);
            hadoop.unset(key);
        });
    }
}
