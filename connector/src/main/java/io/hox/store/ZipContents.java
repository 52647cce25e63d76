package io.hox.store;

import io.hox.HoxException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Reads what is in the files of a zip archive. What is stored as it is is read where it lies; what is compressed is
 * unpacked whole, as large as the archive says that it is and no larger, and the last one is kept. Thread-safe.
 */
final class ZipContents {
    /** Larger files have to be stored as they are. */
    private static final long LARGEST_UNPACKED = 1L << 28;
    /** Deflate shrinks nothing further. */
    private static final long LARGEST_EXPANSION = 1032;

    private final ZipFile zip;
    private final ObjectChannel bytes;
    private final String uri;
    private ZipArchiveEntry unpackedEntry;
    private byte[] unpacked;

    ZipContents(ZipFile zip, ObjectChannel bytes, String uri) {
        this.zip = zip;
        this.bytes = bytes;
        this.uri = uri;
    }

    /** Reads a part of a file. */
    synchronized void read(ZipArchiveEntry entry, long position, byte[] into, int at, int length) throws IOException {
        if (position + length > entry.getSize()) {
            throw new EOFException();
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            System.arraycopy(unpacked(entry), (int) position, into, at, length);
            return;
        }
        // Finding the content reads the header in front of it.
        try (InputStream content = zip.getRawInputStream(entry)) {
            if (content == null) {
                throw damaged(entry, "its content cannot be found", null);
            }
        }
        ByteBuffer wanted = ByteBuffer.wrap(into, at, length);
        bytes.position(entry.getDataOffset() + position).read(wanted);
        if (wanted.hasRemaining()) {
            throw damaged(entry, "it ends beyond the end of the archive", null);
        }
    }

    private byte[] unpacked(ZipArchiveEntry entry) throws IOException {
        if (entry == unpackedEntry) {
            return unpacked;
        }
        long size = entry.getSize();
        if (size > LARGEST_UNPACKED || size > entry.getCompressedSize() * LARGEST_EXPANSION + 64) {
            throw damaged(
                    entry,
                    "it claims to unpack from " + entry.getCompressedSize() + " to " + size
                            + " bytes, which is not believed",
                    null);
        }
        try (InputStream content = zip.getInputStream(entry)) {
            byte[] all = content.readNBytes((int) size);
            if (all.length < size || content.read() >= 0) {
                throw damaged(entry, "it does not unpack to the " + size + " bytes that it claims", null);
            }
            unpacked = all;
            unpackedEntry = entry;
            return all;
        } catch (IOException | RuntimeException e) {
            throw e instanceof HoxException known ? known : damaged(entry, String.valueOf(e.getMessage()), e);
        }
    }

    private HoxException damaged(ZipArchiveEntry entry, String what, Throwable cause) {
        return new HoxException(
                uri + ": file '" + entry.getName() + "' in the archive cannot be read: " + what
                        + ". Copy or download the archive again, or unpack it and give the directory.",
                cause);
    }
}
