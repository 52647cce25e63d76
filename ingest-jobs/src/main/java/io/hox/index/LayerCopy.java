package io.hox.index;

import io.hox.atlas.Encoding;
import io.hox.zarr.DataType;
import java.io.Serializable;

/**
 * A layer of a group and where its copy goes.
 *
 * @param from path of the array in the store
 * @param to path of its copy in the store
 * @param type of both
 * @param encoding of the copy
 */
record LayerCopy(String from, String to, DataType type, Encoding encoding) implements Serializable {}
