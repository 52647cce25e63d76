package io.hox.export;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Registry;
import io.hox.h5ad.CsrSink;
import io.hox.h5ad.H5adWriter;
import io.hox.matrix.FeatureAxis;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes selected cells of one pointer column as an h5ad file: X and layers as CSR, obs without pointers, var with the
 * registry's columns. The matrix is streamed; the annotations are held in memory.
 */
public final class AnnDataExport {
    private final AtlasView atlas;
    private final PointerColumn pointer;
    private final Axis axis;

    /** Which features become columns of the file. */
    public sealed interface Axis {
        /** All features that any of the datasets hit measured. */
        record Union() implements Axis {}

        /** The features that all datasets hit measured. */
        record Intersection() implements Axis {}

        /**
         * These features, measured or not.
         *
         * @param globals their global indices, ascending
         */
        record Pinned(int[] globals) implements Axis {}
    }

    /** Shape of what was written. */
    public record Shape(long cells, int features) {}

    public AnnDataExport(AtlasView atlas, PointerColumn pointer, Axis axis) {
        this.atlas = atlas;
        this.pointer = pointer;
        this.axis = axis;
    }

    /** Writes all of the rows, see {@link #write(Dataset, Page, List, List, Path)}. */
    public Shape write(Dataset<Row> cells, List<String> obsColumns, List<String> layers, Path file) {
        return write(cells, Page.ALL, obsColumns, layers, file);
    }

    /**
     * Writes the file.
     *
     * @param cells rows of the data source in the order of the file, those without this modality left out. They are
     *     scanned twice and must come in the same order both times, which no limit of Spark's own promises
     * @param page the rows among them to write
     * @param obsColumns obs columns to keep, without {@code uid}, which becomes the index
     * @param layers layers to write, the first one as X
     */
    public Shape write(Dataset<Row> cells, Page page, List<String> obsColumns, List<String> layers, Path file) {
        Set<String> groups = new LinkedHashSet<>();
        DataFrame obs = collectObs(cells, page, obsColumns, groups);
        int[] globals = globals(groups);
        try (H5adWriter writer = H5adWriter.create(file)) {
            writer.obs(obs);
            writer.var(var(globals));
            writeMatrices(cells, page, layers, globals, obs.index(), writer);
            writer.finish();
        }
        return new Shape(obs.rows(), globals.length);
    }

    private DataFrame collectObs(Dataset<Row> cells, Page page, List<String> names, Set<String> groups) {
        List<org.apache.spark.sql.Column> selected = new ArrayList<>();
        selected.add(col("uid"));
        selected.add(field("zarr_group"));
        selected.addAll(List.of(FlatColumns.of(cells, names)));
        Dataset<Row> obs = cells.select(selected.toArray(org.apache.spark.sql.Column[]::new));
        StructField[] fields = obs.schema().fields();
        List<ObsColumn> columns = new ArrayList<>();
        for (int c = 2; c < fields.length; c++) {
            columns.add(ObsColumn.of(fields[c]));
        }
        List<String> uids = new ArrayList<>();
        for (Iterator<Row> rows = page.of(obs.toLocalIterator()); rows.hasNext(); ) {
            Row row = rows.next();
            uids.add(row.getString(0));
            groups.add(row.getString(1));
            for (int c = 0; c < columns.size(); c++) {
                columns.get(c).add(row.get(c + 2));
            }
        }
        return DataFrame.of(
                "uid",
                uids.toArray(String[]::new),
                columns.stream().map(ObsColumn::finish).toList());
    }

    private int[] globals(Set<String> groups) {
        if (axis instanceof Axis.Pinned pinned) {
            return pinned.globals();
        }
        Set<String> layouts = new LinkedHashSet<>();
        for (String group : groups) {
            layouts.add(atlas.dataset(pointer.featureSpace(), group).layoutUid());
        }
        List<int[]> remaps = List.copyOf(atlas.remaps(layouts).values());
        if (remaps.isEmpty()) {
            return new int[0];
        }
        FeatureAxis features =
                axis instanceof Axis.Intersection ? FeatureAxis.intersection(remaps) : FeatureAxis.union(remaps);
        return features.globals();
    }

    private DataFrame var(int[] globals) {
        Registry registry = atlas.registry(pointer.featureSpace());
        String[] uids = new String[globals.length];
        int[] rows = new int[globals.length];
        for (int i = 0; i < globals.length; i++) {
            rows[i] = registry.rowOf(globals[i]);
            if (rows[i] < 0) {
                throw new HoxException("registry " + registry.table().name() + " has no feature with global_index "
                        + globals[i] + ", which a layout names; run 'hox validate' on the atlas");
            }
            uids[i] = registry.uid(rows[i]);
        }
        List<Column> columns = new ArrayList<>();
        columns.add(VarColumns.globalIndex(globals));
        for (FeatureColumn column : registry.columns()) {
            columns.add(VarColumns.of(column, rows));
        }
        return DataFrame.of("uid", uids, columns);
    }

    private void writeMatrices(
            Dataset<Row> cells, Page page, List<String> names, int[] globals, String[] uids, H5adWriter writer) {
        List<MatrixLayer> layers = layers(cells.schema(), names);
        List<CsrSink> sinks = new ArrayList<>();
        try {
            for (int i = 0; i < layers.size(); i++) {
                MatrixLayer layer = layers.get(i);
                sinks.add(writer.csr(i == 0 ? "X" : "layers/" + layer.name(), layer.type()));
            }
            CsrBlocks blocks = new CsrBlocks(columnOf(globals), layers, sinks);
            int row = 0;
            Iterator<CellVector> vectors = page.of(vectors(cells, layers).toLocalIterator());
            while (vectors.hasNext()) {
                CellVector cell = vectors.next();
                if (row >= uids.length || !uids[row].equals(cell.getUid())) {
                    throw new IllegalStateException("row " + row + " is another cell in the second scan");
                }
                blocks.add(cell);
                row++;
            }
            blocks.flush();
        } finally {
            sinks.forEach(CsrSink::close);
        }
    }

    private Dataset<CellVector> vectors(Dataset<Row> cells, List<MatrixLayer> layers) {
        org.apache.spark.sql.Column doubles = array(layers.stream()
                .filter(layer -> !layer.isLong())
                .map(layer -> field(layer.name()).cast("array<double>"))
                .toArray(org.apache.spark.sql.Column[]::new));
        org.apache.spark.sql.Column longs = array(layers.stream()
                .filter(MatrixLayer::isLong)
                .map(layer -> field(layer.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
        return cells.select(
                        col("uid"),
                        field("indices").as("indices"),
                        doubles.cast("array<array<double>>").as("doubles"),
                        longs.cast("array<array<bigint>>").as("longs"))
                .as(Encoders.bean(CellVector.class));
    }

    private List<MatrixLayer> layers(StructType schema, List<String> names) {
        StructType struct = (StructType) schema.apply(pointer.name()).dataType();
        List<MatrixLayer> layers = new ArrayList<>();
        int doubles = 0;
        int longs = 0;
        for (String name : names) {
            StructField field = struct.apply(name);
            layers.add(MatrixLayer.of(field, MatrixLayer.isLong(field) ? longs++ : doubles++));
        }
        return layers;
    }

    private org.apache.spark.sql.Column field(String child) {
        return col(ColumnName.quoted(pointer.name())).getField(child);
    }

    private static int[] columnOf(int[] globals) {
        int[] columnOf = new int[globals.length == 0 ? 0 : globals[globals.length - 1] + 1];
        Arrays.fill(columnOf, -1);
        for (int column = 0; column < globals.length; column++) {
            columnOf[globals[column]] = column;
        }
        return columnOf;
    }
}
