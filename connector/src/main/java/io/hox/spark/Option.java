package io.hox.spark;

/**
 * One option of the data source.
 *
 * @param key the name that {@code .option(key, value)} and {@code spark.hox.<key>} take; letter case does not matter
 * @param defaultValue what holds when nothing is given, as text; empty = nothing
 * @param doc one sentence for the table of options
 */
public record Option(String key, String defaultValue, String doc) {}
