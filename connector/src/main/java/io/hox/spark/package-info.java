/**
 * The Spark data source {@code hox}: one row per cell (or per feature and dataset) of an atlas.
 *
 * <p>The way of a read: {@link io.hox.spark.HoxDataSource} resolves the options and pins a snapshot, the scan builder
 * collects what Spark pushes down, the planner cuts the cells that pass the filter into splits, and on the executors a
 * reader turns each Lance batch into columnar batches. Only Spark's public connector interfaces are used.
 */
package io.hox.spark;
