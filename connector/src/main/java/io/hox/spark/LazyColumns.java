package io.hox.spark;

import io.hox.matrix.ColumnBlock;
import java.util.function.Supplier;

/** The cells and numbers of some features, read on first use; used by one task. */
final class LazyColumns {
    private final Supplier<ColumnBlock> read;
    private ColumnBlock block;

    LazyColumns(Supplier<ColumnBlock> read) {
        this.read = read;
    }

    ColumnBlock get() {
        if (block == null) {
            block = read.get();
        }
        return block;
    }
}
