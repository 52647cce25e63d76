package io.hox.spark;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads: slices in table order.
 *
 * @param slices at least one
 */
record CellSplit(List<Slice> slices) implements InputPartition {}
