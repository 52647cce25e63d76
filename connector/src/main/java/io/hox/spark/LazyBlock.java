package io.hox.spark;

import io.hox.matrix.CellBlock;
import java.util.function.Supplier;

/** The numbers of some rows, read on first use; used by one task. */
final class LazyBlock {
    private final Supplier<CellBlock> read;
    private CellBlock block;

    LazyBlock(Supplier<CellBlock> read) {
        this.read = read;
    }

    CellBlock get() {
        if (block == null) {
            block = read.get();
        }
        return block;
    }
}
