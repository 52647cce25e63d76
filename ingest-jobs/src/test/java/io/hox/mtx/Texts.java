package io.hox.mtx;

import io.hox.source.MatrixScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Text files to read, and matrices as what can be compared. */
public final class Texts {
    private Texts() {}

    static TextFile plain(Path directory, String text) {
        return file(directory, text.getBytes(StandardCharsets.UTF_8));
    }

    static TextFile file(Path directory, byte[] bytes) {
        try {
            Path path = Files.createTempFile(directory, "made", ".mtx");
            Files.write(path, bytes);
            return new TextFile(directory.toString(), path.getFileName().toString(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The rows from..to, each as text like {@code [3=1.0, 7=2.5]}. */
    static List<String> rows(MatrixScanner matrix, long from, long to, int maxEntries) {
        List<String> rows = new ArrayList<>();
        matrix.scan(from, to, maxEntries, block -> {
            if (block.firstRow() != from + rows.size()) {
                throw new AssertionError("block at " + block.firstRow() + " after " + rows.size() + " rows");
            }
            for (int row = 0; row < block.rows(); row++) {
                List<String> entries = new ArrayList<>();
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    Object value = block.values().type().isFloat()
                            ? (Object) block.values().doubles()[i]
                            : (Object) block.values().longs()[i];
                    entries.add(block.indices()[i] + "=" + value);
                }
                rows.add(entries.toString());
            }
        });
        return rows;
    }

    static List<String> rows(MatrixScanner matrix) {
        return rows(matrix, 0, matrix.rows(), 1000);
    }
}
