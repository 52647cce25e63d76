package io.hox.mtx;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A text file, plain or gzip-compressed (which its first bytes tell, not its name), that is read line by line. */
public final class TextFile {
    private static final int GZIP_BUFFER = 1 << 16;

    private final ObjectStore directory;
    private final String name;

    /**
     * @param directory path or URI of where it lies
     * @param name its name there
     * @param options settings of the storage, as {@link ObjectStore#open} takes them
     */
    public TextFile(String directory, String name, Map<String, String> options) {
        this.directory = ObjectStore.open(directory, options);
        this.name = name;
    }

    /** Its whole path or URI. */
    @Override
    public String toString() {
        String parent = directory.uri();
        return parent.endsWith("/") ? parent + name : parent + "/" + name;
    }

    /** Its lines from the first one on. */
    public LineReader open() {
        long size = directory.size(name);
        if (size < 0) {
            throw new HoxException("There is no file " + this + ".");
        }
        try {
            return new LineReader(this, decompressed(new ObjectStream(directory, name, size)));
        } catch (IOException e) {
            throw damaged(0, e);
        }
    }

    private static InputStream decompressed(InputStream stored) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(stored, 2);
        byte[] head = stream.readNBytes(2);
        stream.unread(head);
        boolean gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        return gzip ? new GZIPInputStream(stream, GZIP_BUFFER) : stream;
    }

    /** A failure at a line, counted from 1. */
    public HoxException failure(long line, String what) {
        return new HoxException(this + ": line " + line + " " + what + ".");
    }

    HoxException damaged(long line, IOException e) {
        return new HoxException(
                this + " cannot be decompressed after line " + line + " (" + e.getMessage()
                        + "). The file is truncated or damaged; copy or download it again.",
                e);
    }
}
