package io.hox.mtx;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text file, one after the other, without an object for each. Lines end with LF or CRLF, the last one
 * also with the file. A line of more than {@value #LONGEST} bytes is refused, so memory is bounded whatever a file
 * decompresses to.
 */
public final class LineReader implements Closeable {
    /** The longest line in bytes. */
    public static final int LONGEST = 1 << 16;

    private final TextFile file;
    private final InputStream in;
    private final byte[] buffer = new byte[4 * LONGEST];
    private int position;
    private int limit;
    private boolean ended;
    private int start;
    private int end;
    private long number;

    LineReader(TextFile file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** The file that it reads. */
    public TextFile file() {
        return file;
    }

    /** Moves on to the next line; false when there is none. */
    public boolean next() {
        int at = position;
        while (true) {
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            if (at - position > LONGEST) {
                throw file.failure(number + 1, "has more than " + LONGEST + " bytes. This is no table of text lines");
            }
            if (at < limit || ended) {
                break;
            }
            at -= position;
            refill();
        }
        if (at == position && ended && at == limit) {
            return false;
        }
        number++;
        start = position;
        end = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
        position = Math.min(at + 1, limit);
        if (number == 1) {
            skipByteOrderMark();
        }
        return true;
    }

    private void refill() {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        try {
            int n = in.read(buffer, limit, buffer.length - limit);
            ended = n < 0;
            limit += Math.max(0, n);
        } catch (IOException e) {
            throw file.damaged(number, e);
        }
    }

    private void skipByteOrderMark() {
        if (end - start >= 3
                && buffer[start] == (byte) 0xef
                && buffer[start + 1] == (byte) 0xbb
                && buffer[start + 2] == (byte) 0xbf) {
            start += 3;
        }
    }

    /** Number of the current line, from 1; 0 before the first one. */
    public long number() {
        return number;
    }

    /** Holds the current line from {@link #start} to {@link #end}; valid until the next one. */
    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether the current line has nothing but blanks. */
    public boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The current line as text. */
    String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    /** The text of a field of the current line, which tabs divide; null where it has fewer. */
    public String field(int number) {
        int from = start;
        for (int skipped = 0; skipped < number; skipped++) {
            while (from < end && buffer[from] != '\t') {
                from++;
            }
            if (from == end) {
                return null;
            }
            from++;
        }
        int to = from;
        while (to < end && buffer[to] != '\t') {
            to++;
        }
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw file.damaged(number, e);
        }
    }
}
