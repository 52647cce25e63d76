/**
 * Zarr v3 as atlases use it: groups, array documents, shards of inner chunks; reading ranges, rows and boxes, writing
 * from start to end.
 */
package io.hox.zarr;
