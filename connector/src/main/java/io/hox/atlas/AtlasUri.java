package io.hox.atlas;

import io.hox.HoxException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where an atlas lies: its Lance database and its Zarr store. The two are independent places; by convention they are
 * neighbours called {@code lance_db} and {@code zarr_store}.
 *
 * @param database absolute path or URI of the database directory, without a trailing slash
 * @param store absolute path or URI of the Zarr root, without a trailing slash
 */
public record AtlasUri(String database, String store) implements Serializable {
    static final String DATABASE = "lance_db";
    static final String STORE = "zarr_store";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    /**
     * Resolves what a user typed. Nothing needs to exist yet; local directories are looked at to tell an atlas root from
     * a database directory of another name.
     *
     * @param path the atlas root, its {@code lance_db}, or any local directory that holds {@code *.lance} tables; a local
     *     path, a {@code file:} URI or a URI of an object store ({@code s3a://} is taken as {@code s3://})
     * @param storeUriOrNull where the Zarr root is; null for the database's neighbour {@code zarr_store}
     * @throws HoxException when the path is empty or no path at all
     */
    public static AtlasUri resolve(String path, String storeUriOrNull) {
        String place = normalize(path, "an atlas");
        String database = isDatabase(place) ? place : child(place, DATABASE);
        String store = storeUriOrNull == null || storeUriOrNull.isBlank()
                ? sibling(database)
                : normalize(storeUriOrNull, "a Zarr store");
        return new AtlasUri(database, store);
    }

    /** Whether the store is where it is found without being named. */
    boolean hasDefaultStore() {
        return store.equals(sibling(database));
    }

    AtlasUri withStore(String newStore) {
        return new AtlasUri(database, newStore);
    }

    /** The atlas as a user names it: the directory above {@code lance_db}, or the database directory itself. */
    public String root() {
        return database.endsWith("/" + DATABASE)
                ? database.substring(0, database.length() - DATABASE.length() - 1)
                : database;
    }

    static boolean isRemote(String place) {
        return SCHEME.matcher(place).matches();
    }

    /** An absolute local path, or a URI with the scheme's usual spelling; no trailing slash. */
    static String normalize(String text, String what) {
        if (text == null || text.isBlank()) {
            throw new HoxException(
                    "the path of " + what + " is empty; give a directory or a URI such as s3://bucket/atlas");
        }
        String place = text.strip();
        if (place.startsWith("file:")) {
            place = localPath(place, what);
        }
        if (isRemote(place)) {
            if (place.startsWith("s3a://") || place.startsWith("s3n://")) {
                place = "s3" + place.substring(3);
            }
            return stripSlashes(place);
        }
        try {
            return stripSlashes(Path.of(place).toAbsolutePath().normalize().toString());
        } catch (InvalidPathException e) {
            throw new HoxException("'" + text + "' is not the path of " + what + ": " + e.getReason(), e);
        }
    }

    // Taken literally, percent signs and blanks included, as Hadoop does.
    private static String localPath(String uri, String what) {
        String path = uri.substring("file:".length());
        if (path.startsWith("//localhost/")) {
            path = path.substring("//localhost".length());
        } else if (path.startsWith("//")) {
            path = path.substring(2);
        }
        if (!path.startsWith("/")) {
            throw new HoxException("'" + uri + "' is not the path of " + what + "; write file:///directory");
        }
        return path;
    }

    private static boolean isDatabase(String place) {
        if (place.endsWith("/" + DATABASE) || place.endsWith("\\" + DATABASE)) {
            return true;
        }
        if (isRemote(place) || Files.isDirectory(Path.of(place, DATABASE))) {
            return false;
        }
        try (DirectoryStream<Path> tables = Files.newDirectoryStream(Path.of(place), "*.lance")) {
            return tables.iterator().hasNext();
        } catch (IOException e) {
            return false; // absent or unreadable: opening it will say so
        }
    }

    private static String sibling(String database) {
        int slash = Math.max(database.lastIndexOf('/'), database.lastIndexOf('\\'));
        return slash < 0 ? STORE : database.substring(0, slash + 1) + STORE;
    }

    private static String child(String place, String name) {
        return place.endsWith("/") ? place + name : place + "/" + name;
    }

    private static String stripSlashes(String place) {
        int end = place.length();
        while (end > 1 && place.charAt(end - 1) == '/' && place.charAt(end - 2) != ':') {
            end--;
        }
        return place.substring(0, end);
    }
}
