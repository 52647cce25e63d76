package io.hox.spark;

import io.hox.lance.LanceBatch;

/**
 * Rows as Lance returned them.
 *
 * @param batch to be closed by whoever has the record
 * @param rows those of its rows that the scan returns, at least one
 */
record SelectedBatch(LanceBatch batch, RowSelection rows) {}
