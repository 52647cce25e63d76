package io.hox.spark.write;

import io.hox.zarr.Values;

/**
 * What a cell adds to a group.
 *
 * @param set the set of features that it measured
 * @param layers which layers of the field it has, as bits
 * @param positions positions in the set, ascending and distinct
 * @param values stored values by layer of the field; null where the cell lacks the layer
 */
record CellData(int set, long layers, int[] positions, Values[] values) {}
