package io.hox.anndata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Describes an open AnnData as {@code dump_anndata.py} does: shapes, types and digests of every value. */
public final class Digests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Digests() {}

    public static JsonNode parse(String line) throws Exception {
        return JSON.readTree(line);
    }

    public static JsonNode of(AnnData file) {
        ObjectNode node = JSON.createObjectNode();
        node.set("obs", frame(file.obs()));
        node.set("var", frame(file.var()));
        if (file.rawVar() != null) {
            node.set("rawVar", frame(file.rawVar()));
        }
        ObjectNode matrices = node.putObject("matrices");
        for (String key : file.matrixKeys()) {
            matrices.set(key, matrix(file.matrix(key), 10_000));
        }
        return node;
    }

    static JsonNode of(MuData file) {
        ObjectNode node = JSON.createObjectNode();
        node.set("obs", frame(file.obs()));
        ArrayNode modalities = node.putArray("modalities");
        for (Modality modality : file.modalities()) {
            ObjectNode described = modalities.addObject();
            described.put("key", modality.key());
            long[] rows = modality.rows(0, file.obs().rows());
            described.put("rows", digest(bytes(Values.of(DataType.INT64, rows), rows.length)));
            described.set("data", of(((MuModality) modality).data()));
        }
        return node;
    }

    public static ObjectNode frame(DataFrame frame) {
        ObjectNode node = JSON.createObjectNode();
        node.put("index", digest(text(frame.index())));
        ArrayNode columns = node.putArray("columns");
        for (Column column : frame.columns()) {
            columns.add(column(column));
        }
        return node;
    }

    private static ObjectNode column(Column column) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", column.name());
        node.put("kind", column.kind().name());
        switch (column.kind()) {
            case STRING -> node.put("digest", digest(text(column.strings())));
            case CATEGORICAL -> {
                node.put("ordered", column.ordered());
                Values codes = Values.of(DataType.INT32, column.codes());
                node.put(
                        "digest",
                        digest(
                                bytes(codes, codes.length()),
                                text(column.categories().texts())));
            }
            default -> {
                node.put("type", column.type().zarrName());
                node.put("digest", numbers(column));
            }
        }
        return node;
    }

    private static String numbers(Column column) {
        byte[] values = bytes(column.values(), column.length());
        boolean[] missing = column.missing();
        if (missing == null) {
            return digest(values);
        }
        byte[] mask = new byte[missing.length];
        int width = column.type().bytes();
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (missing[i] ? 1 : 0);
            for (int b = 0; missing[i] && b < width; b++) {
                values[i * width + b] = 0;
            }
        }
        return digest(values, mask);
    }

    public static ObjectNode matrix(Matrix matrix, int maxEntries) {
        ByteArrayOutputStream indptr = new ByteArrayOutputStream();
        ByteArrayOutputStream indices = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        long[] total = {0, 0};
        indptr.writeBytes(new byte[8]);
        matrix.forEachRowBlock(maxEntries, block -> {
            if (block.firstRow() != total[1]) {
                throw new AssertionError("row " + block.firstRow() + " after " + total[1]);
            }
            for (int i = 1; i <= block.rows(); i++) {
                long[] offset = {total[0] + block.indptr()[i]};
                indptr.writeBytes(bytes(Values.of(DataType.INT64, offset), 1));
            }
            indices.writeBytes(bytes(Values.of(DataType.INT32, block.indices()), block.entries()));
            data.writeBytes(bytes(block.values(), block.entries()));
            total[0] += block.entries();
            total[1] += block.rows();
        });
        ObjectNode node = JSON.createObjectNode();
        node.put("rows", (int) total[1]);
        node.put("columns", matrix.columns());
        node.put("entries", (int) total[0]);
        node.put("type", matrix.type().zarrName());
        node.put("digest", digest(indptr.toByteArray(), indices.toByteArray(), data.toByteArray()));
        return node;
    }

    private static byte[] text(String[] strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : strings) {
            if (text == null) {
                out.write(1);
            } else {
                out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                out.write(0);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Values values, int n) {
        ByteBuffer buffer = ByteBuffer.allocate(n * values.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (values.type()) {
            case BOOL, INT8, UINT8 -> buffer.put(values.bytes(), 0, n);
            case INT16, UINT16 -> buffer.asShortBuffer().put(values.shorts(), 0, n);
            case INT32, UINT32 -> buffer.asIntBuffer().put(values.ints(), 0, n);
            case INT64, UINT64 -> buffer.asLongBuffer().put(values.longs(), 0, n);
            case FLOAT32 -> buffer.asFloatBuffer().put(values.floats(), 0, n);
            case FLOAT64 -> buffer.asDoubleBuffer().put(values.doubles(), 0, n);
        }
        return buffer.array();
    }

    private static String digest(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
