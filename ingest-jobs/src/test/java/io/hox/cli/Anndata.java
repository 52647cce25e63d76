package io.hox.cli;

import io.hox.anndata.AnnData;
import io.hox.ingest.Sources;
import io.hox.source.Column;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The content of an AnnData in a form that is easy to compare. */
public final class Anndata {
    private final List<String> obsNames;
    private final List<String> varNames;
    private final Map<String, List<Object>> obs;
    private final Map<String, List<Object>> var;
    private final Map<String, Map<String, Map<String, Number>>> matrices = new TreeMap<>();

    private Anndata(AnnData file) {
        obsNames = List.of(file.obs().index());
        varNames = List.of(file.var().index());
        obs = columns(file.obs().columns());
        var = columns(file.var().columns());
        for (String key : file.matrixKeys()) {
            matrices.put(key, matrix(file, key));
        }
    }

    /** Reads everything. */
    public static Anndata read(Path path) {
        SourceRef only =
                Sources.datasets(SourceLocation.of(path.toString(), Map.of())).get(0);
        try (AnnData file = (AnnData) Sources.open(only, Map.of())) {
            return new Anndata(file);
        }
    }

    public List<String> obsNames() {
        return obsNames;
    }

    public List<String> varNames() {
        return varNames;
    }

    /** Values by obs column: text, Long, Double, Boolean, or null. */
    public Map<String, List<Object>> obs() {
        return obs;
    }

    /** Values by var column. */
    public Map<String, List<Object>> var() {
        return var;
    }

    public List<String> matrixKeys() {
        return List.copyOf(matrices.keySet());
    }

    /** Values of a matrix that are not zero: cell name to feature name to value. Every cell has a map. */
    public Map<String, Map<String, Number>> matrix(String key) {
        return matrices.get(key);
    }

    private static Map<String, Map<String, Number>> matrix(AnnData file, String key) {
        String[] cells = file.obs().index();
        String[] features = (key.equals("raw/X") ? file.rawVar() : file.var()).index();
        Map<String, Map<String, Number>> matrix = new TreeMap<>();
        Arrays.stream(cells).forEach(cell -> matrix.put(cell, new TreeMap<>()));
        file.matrix(key).forEachRowBlock(1 << 18, block -> {
            for (int row = 0; row < block.rows(); row++) {
                Map<String, Number> cell = matrix.get(cells[(int) block.firstRow() + row]);
                for (int k = block.indptr()[row]; k < block.indptr()[row + 1]; k++) {
                    Number value = number(block.values(), k);
                    if (value.doubleValue() != 0) {
                        cell.put(features[block.indices()[k]], value);
                    }
                }
            }
        });
        return matrix;
    }

    private static Map<String, List<Object>> columns(List<Column> columns) {
        Map<String, List<Object>> all = new LinkedHashMap<>();
        for (Column column : columns) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < column.length(); i++) {
                values.add(value(column, i));
            }
            all.put(column.name(), values);
        }
        return all;
    }

    private static Object value(Column column, int i) {
        return switch (column.kind()) {
            case STRING, CATEGORICAL -> column.strings()[i];
            case BOOL -> column.missing() != null && column.missing()[i]
                    ? null
                    : (Object) (column.values().bytes()[i] != 0);
            case INTEGER -> column.missing() != null && column.missing()[i]
                    ? null
                    : (Object) number(column.values(), i).longValue();
            case FLOAT -> {
                double value = number(column.values(), i).doubleValue();
                yield Double.isNaN(value) ? null : (Object) value;
            }
        };
    }

    private static Number number(Values values, int i) {
        return switch (values.type()) {
            case BOOL, INT8 -> (long) values.bytes()[i];
            case UINT8 -> values.bytes()[i] & 0xFFL;
            case INT16 -> (long) values.shorts()[i];
            case UINT16 -> values.shorts()[i] & 0xFFFFL;
            case INT32 -> (long) values.ints()[i];
            case UINT32 -> values.ints()[i] & 0xFFFFFFFFL;
            case INT64, UINT64 -> values.longs()[i];
            case FLOAT32 -> (double) values.floats()[i];
            case FLOAT64 -> values.doubles()[i];
        };
    }
}
