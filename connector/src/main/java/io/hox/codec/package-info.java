/** Bytes to numbers and back, one chunk at a time: BP-128 bit packing, Zstandard, CRC-32C. Knows nothing of files. */
package io.hox.codec;
