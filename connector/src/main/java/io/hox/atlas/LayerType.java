package io.hox.atlas;

import io.hox.zarr.DataType;
import java.io.Serializable;

/**
 * A layer as a read over several groups sees it.
 *
 * @param name the layer
 * @param type a type that holds the values of every group exactly, or as closely as NumPy would
 */
public record LayerType(String name, DataType type) implements Serializable {}
