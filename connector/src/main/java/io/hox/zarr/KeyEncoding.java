package io.hox.zarr;

/**
 * How the coordinates of a chunk or shard become an object key.
 *
 * @param prefixed whether keys start with "c" ({@code default}) or not ({@code v2})
 */
record KeyEncoding(boolean prefixed, char separator) {

    /** The key of the object at some coordinates, below the array's path. */
    String key(String arrayPath, long[] coordinates) {
        StringBuilder key = new StringBuilder(arrayPath.length() + 16).append(arrayPath);
        if (!arrayPath.isEmpty()) {
            key.append('/');
        }
        if (prefixed) {
            key.append('c');
        } else if (coordinates.length == 0) {
            key.append('0');
        }
        for (int i = 0; i < coordinates.length; i++) {
            if (prefixed || i > 0) {
                key.append(separator);
            }
            key.append(coordinates[i]);
        }
        return key.toString();
    }
}
