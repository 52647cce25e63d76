package io.hox.store;

import io.hox.HoxException;

/** The rules for names of objects: relative, '/'-separated, and never leading out of the store. */
final class Keys {
    private Keys() {}

    /** Checks the key of an object. */
    static String checkObject(String key, String storeUri) {
        String reason = key == null ? "it is null" : key.isEmpty() ? "it is empty" : fault(key);
        if (reason != null) {
            throw new HoxException("key '" + printable(key) + "' is not allowed in store " + storeUri + ": " + reason);
        }
        return key;
    }

    /** Checks the key of a directory; the empty key is the root of the store. */
    static String checkDirectory(String key, String storeUri) {
        return key != null && key.isEmpty() ? key : checkObject(key, storeUri);
    }

    private static String fault(String key) {
        if (key.indexOf('\\') >= 0) {
            return "it contains a backslash";
        }
        if (key.indexOf('\0') >= 0) {
            return "it contains a NUL character";
        }
        if (key.charAt(0) == '/') {
            return "it is absolute";
        }
        int start = 0;
        while (start <= key.length()) {
            int end = key.indexOf('/', start);
            end = end < 0 ? key.length() : end;
            if (end == start) {
                return "it has an empty segment";
            }
            if (key.charAt(start) == '.' && (end - start == 1 || end - start == 2 && key.charAt(start + 1) == '.')) {
                return "it has the segment '" + key.substring(start, end) + "'";
            }
            start = end + 1;
        }
        return null;
    }

    private static String printable(String key) {
        return key == null ? "null" : key.replace("\0", "\\0");
    }
}
