package io.hox.ingest;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.ColumnSpec;
import io.hox.atlas.FeatureSpaces;
import io.hox.cli.Hox;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.FieldVector;

/** An atlas to ingest into and to look into below the level of queries. */
final class MadeAtlas implements AutoCloseable {
    private final AtlasUri uri;
    private final AtlasWriter writer;

    /** @param pointers pointer columns and their feature spaces, alternating */
    MadeAtlas(Path root, List<ColumnSpec> obs, String... pointers) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<AtlasSchema.RegistryTable> registries = new ArrayList<>();
        for (int i = 0; i < pointers.length; i += 2) {
            fields.put(pointers[i], pointers[i + 1]);
            registries.add(new AtlasSchema.RegistryTable(pointers[i + 1], null, List.of(), null));
        }
        List<ColumnSpec> columns = new ArrayList<>(obs);
        columns.add(ColumnSpec.nullable("obs_name", "string"));
        uri = AtlasUri.resolve(root.toString(), null);
        writer = AtlasWriter.create(
                uri,
                Map.of(),
                new AtlasSchema(List.of(new AtlasSchema.ObsTable("cells", fields, columns)), List.of(), registries),
                FeatureSpaces.none());
    }

    AtlasWriter writer() {
        return writer;
    }

    List<DatasetReport> ingest(ArrayShapes shapes, IngestOptions options, DatasetRequest... datasets) {
        IngestRequest request = new IngestRequest(root(), null, null, FeatureSpaces.none(), List.of(datasets), options);
        return new IngestJob(Hox.session(), request, IngestProgress.SILENT, shapes).run();
    }

    String root() {
        return Path.of(uri.database()).getParent().toString();
    }

    /** The group of a dataset in a space, as the dataset table names it. */
    String group(String dataset, String space) {
        return writer.datasets().stream()
                .filter(row ->
                        row.datasetUid().equals(dataset) && row.featureSpace().equals(space))
                .findFirst()
                .orElseThrow()
                .zarrGroup();
    }

    Values array(String path) {
        return writer.zarr().array(path).readAll();
    }

    /** One value of every cell by the cell's name; of a struct its children by name. */
    Map<String, Object> cells(String column) {
        Map<String, Object> cells = new TreeMap<>();
        try (LanceTable table = writer.obsRef("cells").open();
                LanceScan scan = table.scan(ScanRequest.ALL.withColumns("obs_name", column))) {
            while (scan.next()) {
                FieldVector names = scan.batch().getVector("obs_name");
                FieldVector values = scan.batch().getVector(column);
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    Object value = values.getObject(row);
                    cells.put(names.getObject(row).toString(), value == null ? "null" : value.toString());
                }
            }
        }
        return cells;
    }

    @Override
    public void close() {
        writer.close();
    }
}
