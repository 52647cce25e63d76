/**
 * From the pointers of cells to their numbers: the feature axis of a read, the map from a dataset's features to it, and
 * readers that turn a batch of pointers into blocks of ascending global indices and layer values.
 */
package io.hox.matrix;
