package io.hox.spark.write;

import io.hox.zarr.Values;

/**
 * The entries of one cell in one field, as the DataFrame holds them.
 *
 * @param group the group that the cell was read from; null when the data don't say
 * @param indices feature indices in any order
 * @param layers values by layer of the field, as many as indices; null where the cell lacks the layer
 */
record Entries(String group, int[] indices, Values[] layers) {}
