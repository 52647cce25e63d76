package io.hox.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies on disk, to see that nothing changed. */
public final class Disk {
    private Disk() {}

    /** Every file and directory below a directory with its size; directories count as -1. */
    public static Map<String, Long> listing(Path directory) {
        Map<String, Long> listing = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                listing.put(directory.relativize(path).toString(), Files.isDirectory(path) ? -1 : Files.size(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return listing;
    }
}
