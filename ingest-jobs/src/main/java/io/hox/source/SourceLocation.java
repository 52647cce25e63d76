package io.hox.source;

import io.hox.HoxException;
import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;
import io.hox.store.ObjectChannel;
import io.hox.store.ObjectStore;
import java.util.List;
import java.util.Map;

/** A file or directory that a user named, local or remote, looked at before it is known what it is. */
public final class SourceLocation {
    private final String uri;
    private final Map<String, String> options;
    private final String name;
    private final ObjectStore parent;
    private final long size;

    private SourceLocation(String uri, Map<String, String> options) {
        this.uri = uri;
        this.options = options;
        this.name = uri.substring(uri.lastIndexOf('/') + 1);
        this.parent = ObjectStore.open(directory(uri), options);
        this.size = name.isEmpty() ? -1 : parent.size(name);
    }

    /**
     * @param uri a path or URI; a slash at its end changes nothing
     * @param options settings of the storage, as {@link ObjectStore#open} takes them
     * @throws HoxException when there is nothing
     */
    public static SourceLocation of(String uri, Map<String, String> options) {
        SourceLocation location = new SourceLocation(withoutSlash(uri), options);
        if (!location.exists()) {
            throw new HoxException("There is no file or directory " + uri + ".");
        }
        return location;
    }

    /** Whether there is a file or a directory with anything in it. */
    public static boolean exists(String uri, Map<String, String> options) {
        return new SourceLocation(withoutSlash(uri), options).exists();
    }

    /** The directory that holds a path or URI. */
    public static String directory(String uri) {
        int slash = uri.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : uri.substring(0, slash);
    }

    private static String withoutSlash(String uri) {
        return uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private boolean exists() {
        return isFile() || !children().isEmpty();
    }

    /** The path or URI, without a slash at its end. */
    public String uri() {
        return uri;
    }

    /** The last part of the path. */
    public String name() {
        return name;
    }

    /** Settings of the storage. */
    public Map<String, String> options() {
        return options;
    }

    public boolean isFile() {
        return size >= 0;
    }

    /** Bytes of a file, -1 of a directory. */
    public long size() {
        return size;
    }

    /** Names in a directory, sorted; empty for a file. */
    public List<String> children() {
        return isFile() ? List.of() : ObjectStore.open(uri, options).list("");
    }

    /** Opens a file for reading anywhere in it. @throws HoxException when it is a directory */
    public ObjectChannel channel() {
        if (!isFile()) {
            throw new HoxException(uri + " is not a file but a directory.");
        }
        return parent.channel(name);
    }

    /** The first bytes of a file, at most so many; none of a directory. */
    public byte[] head(int most) {
        int n = (int) Math.min(most, Math.max(0, size));
        if (n == 0) {
            return new byte[0];
        }
        ByteSlice slice = parent.readRanges(name, new ByteRange[] {new ByteRange(0, n)})[0];
        byte[] head = new byte[n];
        System.arraycopy(slice.array(), slice.offset(), head, 0, n);
        return head;
    }
}
