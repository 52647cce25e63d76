/**
 * Appending the rows of a DataFrame to an atlas, as a two-phase commit.
 *
 * <p>On the driver {@link io.hox.spark.write.AppendBuilder} holds the columns of the DataFrame against the atlas and
 * refuses what does not fit, before anything is written. Every task then writes the arrays of Zarr groups of its own and
 * Lance fragments with its cells, which nobody sees; the driver registers features, layouts and datasets and adds the
 * cells of all tasks in one commit of the cell table.
 */
package io.hox.spark.write;
