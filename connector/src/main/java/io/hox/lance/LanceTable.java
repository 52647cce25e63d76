package io.hox.lance;

import io.hox.HoxException;
import java.io.Closeable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.FragmentMetadata;

/**
 * One table, pinned at a version. A method that changes the table moves this handle to the version it made; other
 * handles stay where they are. Reading from several threads is safe, writing through one handle is not.
 *
 * <p>Every method throws {@link HoxException} when the storage fails; a change also when another writer was in between.
 */
public final class LanceTable implements Closeable {
    private final OpenTable table;
    private final TableScans scans;
    private final TableAppends appends;
    private final TableMerges merges;

    LanceTable(OpenTable table) {
        this.table = table;
        this.scans = new TableScans(table);
        this.appends = new TableAppends(table);
        this.merges = new TableMerges(table);
    }

    /** The table's name, without the {@code .lance} suffix of its directory. */
    public String name() {
        return table.name();
    }

    /** The table's directory. */
    public String uri() {
        return table.uri();
    }

    /** The version that this handle reads. */
    public long version() {
        return table.version();
    }

    /** What an executor needs to open this table at this version. */
    public LanceTableRef ref() {
        return table.ref();
    }

    /**
     * Arrow schema with nullability and field metadata. A dictionary column appears with its value type (Utf8) and a
     * non-null {@link org.apache.arrow.vector.types.pojo.Field#getDictionary()}.
     */
    public Schema schema() {
        return table.schema();
    }

    /** 2.0, 2.1 or 2.2; new rows are written in the same one. */
    String storageVersion() {
        return table.storageVersion();
    }

    /** The fragments in table order. */
    public List<FragmentInfo> fragments() {
        return scans.fragments();
    }

    /**
     * The number of rows that pass a filter.
     *
     * @param filter Lance SQL, or null for all rows
     * @throws HoxException when the filter can't be evaluated on the table
     */
    public long countRows(String filter) {
        return table.call(
                filter,
                () -> filter == null
                        ? table.dataset().countRows()
                        : table.dataset().countRows(filter));
    }

    /**
     * Whether a row passes a filter; reads no further than to the first one.
     *
     * @param filter Lance SQL
     * @param fragments ids of the fragments to look at; null = all
     * @throws HoxException when the filter can't be evaluated on the table
     */
    public boolean hasRows(String filter, List<Integer> fragments) {
        return (fragments == null || !fragments.isEmpty()) && scans.hasRows(filter, fragments);
    }

    /**
     * Rows in table order: fragment by fragment, as they were appended. The caller closes the scan.
     *
     * @throws HoxException when there is no such column, or the filter can't be evaluated on the table
     */
    public LanceScan scan(ScanRequest request) {
        return scans.scan(request);
    }

    /**
     * Adds rows in one commit, as {@link #change} does. Columns are matched by name, see {@link #writeFragments(Iterator)}.
     *
     * @throws ConflictException when another writer was in between; nothing was changed
     */
    public void append(VectorSchemaRoot rows) {
        change(null, writeFragments(rows));
    }

    /** As {@link #writeFragments(Iterator)} for a single batch. */
    public List<FragmentMetadata> writeFragments(VectorSchemaRoot rows) {
        return writeFragments(Collections.singletonList(rows).iterator());
    }

    /**
     * Writes data files that no version refers to yet; {@link #change} makes them visible. Meant for executors.
     *
     * <p>Columns are matched by name; nullable columns may be missing and become null; a dictionary column takes plain
     * strings. The batches stay the caller's and must be valid until the iterator is asked for the next one.
     *
     * @throws HoxException on an unknown column, another type, or a null in a required column
     */
    public List<FragmentMetadata> writeFragments(Iterator<VectorSchemaRoot> batches) {
        return appends.writeFragments(batches);
    }

    /**
     * Removes rows and adds those of fragments in one commit, unless another call of this method has changed the table
     * since the version of this handle: of two writers that look at one version and then change it, one fails. Appends and
     * compaction by others don't disturb it, unless the rows to be removed have been moved.
     *
     * @param removed filter for the rows to be removed, or null for none
     * @param added what {@link #writeFragments(Iterator)} returned
     * @return how many rows were removed
     * @throws ConflictException when another writer was in between; nothing was changed, and {@link #refresh} shows what
     *     the other one did
     */
    public long change(String removed, List<FragmentMetadata> added) {
        ExclusiveChange change = new ExclusiveChange(table);
        long rows = removed == null ? 0 : change.remove(removed);
        change.add(added);
        change.commit();
        return rows;
    }

    /**
     * The table as it would be with these fragments, to look at before they are committed. It is nobody's version: others
     * don't see it. The caller closes it, which removes it from storage.
     */
    public LanceTable preview(List<FragmentMetadata> fragments) {
        return new LanceTable(appends.preview(fragments));
    }

    /**
     * Sets columns of existing rows. Rows whose key is not in the table are ignored, columns that are not given keep
     * their values. Rows that others add meanwhile are left alone.
     *
     * @param rows the key columns and the columns to set, in the table's types
     * @return rows updated
     * @throws ConflictException when another writer changed or moved one of the rows since the version of this handle;
     *     nothing was changed
     */
    public long updateColumns(List<String> keys, VectorSchemaRoot rows) {
        return merges.updateColumns(keys, rows);
    }

    /** The table's versions and tags. */
    public TableHistory history() {
        return new TableHistory(table);
    }

    /** Indexes and compaction. */
    public TableMaintenance maintenance() {
        return new TableMaintenance(table);
    }

    /** The table's configuration. */
    public TableConfig config() {
        return new TableConfig(table);
    }

    /** Moves this handle to the newest version. */
    public void refresh() {
        table.refresh();
    }

    @Override
    public void close() {
        table.close();
    }
}
