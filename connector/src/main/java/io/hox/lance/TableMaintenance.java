package io.hox.lance;

import io.hox.HoxException;
import java.util.List;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.scalar.BTreeIndexParams;
import org.lance.index.scalar.InvertedIndexParams;
import org.lance.index.scalar.ScalarIndexParams;

/**
 * What makes a table faster and changes none of its rows: indexes and compaction. Part of a {@link LanceTable}, whose
 * handle moves to the versions made here. Every method throws {@link HoxException} when the storage fails or another
 * writer was in between.
 */
public final class TableMaintenance {
    private final OpenTable table;

    TableMaintenance(OpenTable table) {
        this.table = table;
    }

    /** A B-tree on a column, replacing one of the same name. */
    public void createBTree(String column) {
        createIndex(column, IndexType.BTREE, BTreeIndexParams.builder().build());
    }

    /** A full-text index with LanceDB's default options, replacing one of the same name. */
    public void createFullText(String column) {
        ScalarIndexParams params = InvertedIndexParams.builder()
                .baseTokenizer("simple")
                .language("English")
                .maxTokenLength(40)
                .lowerCase(true)
                .stem(true)
                .removeStopWords(true)
                .asciiFolding(true)
                .withPosition(false)
                .build();
        createIndex(column, IndexType.INVERTED, params);
    }

    private void createIndex(String column, IndexType type, ScalarIndexParams params) {
        table.refresh();
        IndexParams index = IndexParams.builder().setScalarIndexParams(params).build();
        table.call(null, () -> table.dataset()
                .createIndex(IndexOptions.builder(List.of(column), type, index)
                        .withIndexName(column + "_idx")
                        .replace(true)
                        .build()));
    }

    /** Names of the indexes. */
    List<String> indexes() {
        return table.call(null, () -> List.copyOf(table.dataset().listIndexes()));
    }

    /**
     * Merges small fragments, drops deleted rows from the files and brings the indexes up to date. Old versions stay.
     *
     * <p>Lance 4 can't rewrite a fragment that has nothing but nulls in a dictionary column, and its other way to compact
     * (copying pages) damages list columns without values. The fragments of such a table stay as they are, which costs
     * time only.
     *
     * @return false when fragments were left as they are
     */
    public boolean compact() {
        table.refresh();
        return table.call(null, () -> {
            boolean done = rewriteFragments();
            if (!indexes().isEmpty()) {
                table.dataset().optimizeIndices(OptimizeOptions.builder().build());
            }
            return done;
        });
    }

    private boolean rewriteFragments() {
        try {
            table.dataset().compact();
            return true;
        } catch (RuntimeException e) {
            if (LanceErrors.isEmptyDictionary(e)) {
                return false;
            }
            throw e;
        }
    }
}
