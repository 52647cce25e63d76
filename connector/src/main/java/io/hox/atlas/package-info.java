/**
 * What tables and arrays mean together: atlases and their snapshots, pointers from cells into groups, feature spaces,
 * registries, layouts and datasets, in both generations of the format.
 */
package io.hox.atlas;
