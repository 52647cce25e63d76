package io.hox.tenx;

/** Where files lie. */
final class Directories {
    private Directories() {}

    /** The directory of a path or URI. */
    static String parent(String uri) {
        int slash = uri.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : uri.substring(0, slash);
    }
}
