package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.hox.store.ObjectChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes by which an HDF5 file is known, and those of what people give in its place. */
final class Signature {
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    static final int LENGTH = HDF5.length;

    private Signature() {}

    static boolean begins(byte[] head) {
        return Arrays.equals(head, HDF5);
    }

    /**
     * Looks for the signature where HDF5 allows it: at byte 0, or behind a user block.
     *
     * @throws HoxException when it is nowhere; the message says what the file is instead
     */
    static void check(String name, ObjectChannel bytes) throws IOException {
        long size = bytes.size();
        for (long at = 0; at < size; at = at == 0 ? 512 : at * 2) {
            if (startsWith(bytes, at, HDF5)) {
                return;
            }
        }
        String what = startsWith(bytes, 0, ZIP)
                ? "a zip archive (a zipped Zarr store?)"
                : startsWith(bytes, 0, GZIP) ? "gzip-compressed; decompress it first" : "not an HDF5 file";
        throw new HoxException(name + " is " + (size == 0 ? "empty" : what)
                + ". Give an HDF5 file, such as the .h5ad files that anndata writes.");
    }

    private static boolean startsWith(ObjectChannel bytes, long at, byte[] wanted) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(wanted.length);
        bytes.position(at).read(head);
        return Arrays.equals(head.array(), wanted);
    }
}
