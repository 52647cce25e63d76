package io.hox.spark;

import io.hox.matrix.CellBlock;
import io.hox.matrix.CellPointers;
import io.hox.matrix.CellReader;

/** One pointer column of a split, and the reader of its cells' numbers. */
final class PointerReader implements LazyBlock.Observer {
    private final OutputColumn.Pointer column;
    private final CellReader reader;
    private final long entryBudget;
    private final String table;
    private final CellNames names;
    private final Runnable readAhead;
    private boolean wanted;
    private long entries;

    /**
     * @param reader null when no array is selected
     * @param entryBudget entries that one columnar batch may take
     * @param table the table of cells, for errors
     * @param readAhead runs each time when somebody wants to see numbers of further rows
     */
    PointerReader(
            OutputColumn.Pointer column,
            CellReader reader,
            long entryBudget,
            String table,
            CellNames names,
            Runnable readAhead) {
        this.column = column;
        this.reader = reader;
        this.entryBudget = entryBudget;
        this.table = table;
        this.names = names;
        this.readAhead = readAhead;
    }

    OutputColumn.Pointer column() {
        return column;
    }

    String table() {
        return table;
    }

    CellNames names() {
        return names;
    }

    boolean readsArrays() {
        return reader != null;
    }

    /** The row after the last one that fits a batch starting with {@code from}. */
    int fit(CellPointers pointers, int from) {
        return reader.fit(pointers, from, entryBudget);
    }

    /** The numbers of the rows {@code [from, to)}. */
    LazyBlock block(CellPointers pointers, int from, int to) {
        return new LazyBlock(reader, pointers, from, to, this);
    }

    /** Whether somebody looked at numbers of the column: not every query that has it does. */
    boolean isWanted() {
        return wanted;
    }

    /** Decoded bytes of a block, about. */
    long bytes(LazyBlock block) {
        return block.elements() * ReadCost.bytesPerEntry(column);
    }

    /** Entries read so far. */
    long entries() {
        return entries;
    }

    @Override
    public void lookedAt() {
        wanted = true;
        readAhead.run();
    }

    @Override
    public void read(CellBlock block) {
        entries += block.entries();
    }
}
