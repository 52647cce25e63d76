package io.hox.spark;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads.
 *
 * @param parts one after the other, at least one
 */
record CellSplit(List<ScanPart> parts) implements InputPartition {}
