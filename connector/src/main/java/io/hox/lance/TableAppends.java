package io.hox.lance;

import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.WriteParams;
import org.lance.operation.Append;

/** Writes rows into data files that no version refers to yet, by any number of writers. */
final class TableAppends {
    private final OpenTable table;

    TableAppends(OpenTable table) {
        this.table = table;
    }

    /** @throws HoxException on an unknown column, another type, or a null in a required column */
    List<FragmentMetadata> writeFragments(Iterator<VectorSchemaRoot> batches) {
        String version = table.storageVersion();
        return RowStream.send(table, table.schema(), batches, stream -> Fragment.write()
                .datasetUri(table.uri())
                .data(stream)
                .mode(WriteParams.WriteMode.APPEND)
                .dataStorageVersion(version)
                .storageOptions(table.options())
                .execute());
    }

    OpenTable preview(List<FragmentMetadata> fragments) {
        return table.preview(Append.builder().fragments(fragments).build());
    }
}
