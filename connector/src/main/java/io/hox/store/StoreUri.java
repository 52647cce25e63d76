package io.hox.store;

import io.hox.HoxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is: {@code scheme} null for local files, {@code path} without a trailing slash.
 *
 * <p>Paths are taken literally, percent signs and blanks included, as Hadoop and homeobox do.
 */
record StoreUri(String scheme, String authority, String path) {
    private static final Pattern WITH_SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//([^/]*))?(/.*)?");

    static StoreUri parse(String uri) {
        if (uri == null || uri.isBlank()) {
            throw new HoxException("the location of a store is empty: give a path or a URI such as s3a://bucket/atlas");
        }
        Matcher matcher = WITH_SCHEME.matcher(uri);
        if (!matcher.matches() || matcher.group(3) == null && matcher.group(4) == null) {
            return new StoreUri(null, "", trimmed(uri));
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String authority = matcher.group(3) == null ? "" : matcher.group(3);
        String path = matcher.group(4) == null ? "" : matcher.group(4);
        if (scheme.equals("file")) {
            if (!authority.isEmpty() && !authority.equals("localhost")) {
                throw new HoxException("'" + uri + "' names the host '" + authority
                        + "': a file URI must be local, with three slashes as in file:///data/atlas");
            }
            if (path.isEmpty()) {
                throw new HoxException("'" + uri + "' has no path");
            }
            return new StoreUri(null, "", trimmed(path));
        }
        // The only s3 client that Hadoop has is s3a; users of other tools write s3.
        return new StoreUri(scheme.equals("s3") ? "s3a" : scheme, authority, trimmed(path));
    }

    boolean isLocal() {
        return scheme == null;
    }

    /** The file system: scheme and authority. */
    String fileSystem() {
        return scheme + "://" + authority;
    }

    private static String trimmed(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
