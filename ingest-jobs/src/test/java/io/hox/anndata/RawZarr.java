package io.hox.anndata;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes Zarr stores of version 2 with any content, right or wrong: every array one chunk, nothing compressed. */
final class RawZarr {
    private final Path root;

    /** A store of AnnData with these tables and no matrix yet. */
    RawZarr(Path root, int cells, int features) throws IOException {
        this.root = root;
        group("", "{\"encoding-type\": \"anndata\"}");
        frame("obs", "c", cells);
        frame("var", "g", features);
    }

    Path root() {
        return root;
    }

    RawZarr csr(int rows, int columns, long[] indptr, int[] indices, float... data) throws IOException {
        group("X", "{\"encoding-type\": \"csr_matrix\", \"shape\": [" + rows + ", " + columns + "]}");
        numbers("X/indptr", Values.of(DataType.INT64, indptr), "<i8");
        numbers("X/indices", Values.of(DataType.INT32, indices), "<i4");
        numbers("X/data", Values.of(DataType.FLOAT32, data), "<f4");
        return this;
    }

    private void frame(String name, String prefix, int n) throws IOException {
        group(name, "{\"encoding-type\": \"dataframe\", \"_index\": \"_index\", \"column-order\": []}");
        ByteBuffer texts =
                ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).putInt(n);
        for (int i = 0; i < n; i++) {
            byte[] text = (prefix + i).getBytes(StandardCharsets.UTF_8);
            texts.putInt(text.length).put(text);
        }
        array(name + "/_index", "|O", n, "[{\"id\": \"vlen-utf8\"}]");
        Files.write(file(name + "/_index/0"), java.util.Arrays.copyOf(texts.array(), texts.position()));
    }

    private void numbers(String path, Values values, String dtype) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length() * values.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (values.type()) {
            case INT64 -> bytes.asLongBuffer().put(values.longs());
            case INT32 -> bytes.asIntBuffer().put(values.ints());
            default -> bytes.asFloatBuffer().put(values.floats());
        }
        array(path, dtype, values.length(), "null");
        Files.write(file(path + "/0"), bytes.array());
    }

    private void group(String path, String attributes) throws IOException {
        Files.createDirectories(file(path));
        write(path, ".zgroup", "{\"zarr_format\": 2}");
        write(path, ".zattrs", attributes);
    }

    private void array(String path, String dtype, long length, String filters) throws IOException {
        Files.createDirectories(file(path));
        write(
                path,
                ".zarray",
                "{\"zarr_format\": 2, \"shape\": [" + length + "], \"chunks\": [" + Math.max(1, length)
                        + "], \"dtype\": \"" + dtype + "\", \"compressor\": null, \"fill_value\": 0, \"order\": \"C\","
                        + " \"filters\": " + filters + "}");
    }

    /** Replaces text in a document. */
    RawZarr edit(String document, String from, String to) throws IOException {
        String before = Files.readString(file(document));
        if (!before.contains(from)) {
            throw new IllegalArgumentException(document + " has no " + from + ": " + before);
        }
        Files.writeString(file(document), before.replace(from, to));
        return this;
    }

    Path file(String path) {
        return root.resolve(path);
    }

    private void write(String path, String name, String json) throws IOException {
        Files.writeString(file(path).resolve(name), json);
    }
}
