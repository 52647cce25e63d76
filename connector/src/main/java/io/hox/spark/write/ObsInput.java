package io.hox.spark.write;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/**
 * A column of the DataFrame that fills a column of cell metadata of the same name.
 *
 * @param name the column
 * @param ordinal where it is in the row
 * @param type its Spark type
 */
record ObsInput(String name, int ordinal, DataType type) implements Serializable {}
