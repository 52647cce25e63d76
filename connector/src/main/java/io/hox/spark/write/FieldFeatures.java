package io.hox.spark.write;

import java.util.List;
import java.util.Map;

/**
 * The features of a field, on the driver.
 *
 * @param measured what tasks need to know of them
 * @param uids of each set of measured features, in the order of the stored columns
 * @param missing registry rows of those that the atlas does not have yet, by uid
 */
record FieldFeatures(Measured measured, List<List<String>> uids, Map<String, Map<String, Object>> missing) {}
