package io.hox.mtx;

import io.hox.HoxException;
import java.util.Locale;

/**
 * What the first lines of a Matrix Market file say.
 *
 * @param values what stands in the third place of a line
 * @param rows how many rows it announces
 * @param columns how many columns it announces
 * @param entries how many lines it announces
 */
record MatrixMarketHeader(ValueKind values, long rows, long columns, long entries) {
    private static final int MOST_COMMENTS = 10_000;

    /** Reads them; the lines stand before the first entry then. */
    static MatrixMarketHeader read(LineReader lines) {
        if (!lines.next()) {
            throw new HoxException(lines.file() + " is empty. Give a Matrix Market file.");
        }
        ValueKind values = banner(lines);
        do {
            if (!lines.next() || lines.number() > MOST_COMMENTS) {
                throw lines.file()
                        .failure(
                                lines.number(),
                                "should be followed by one with the numbers of rows, columns and"
                                        + " entries, which is not there. The file is truncated; copy or download it again");
            }
        } while (lines.isBlank() || lines.text().startsWith("%"));
        String[] sizes = lines.text().strip().split("\\s+");
        if (sizes.length != 3) {
            throw notSizes(lines, null);
        }
        try {
            return new MatrixMarketHeader(values, size(lines, sizes[0]), size(lines, sizes[1]), size(lines, sizes[2]));
        } catch (NumberFormatException e) {
            throw notSizes(lines, e);
        }
    }

    private static ValueKind banner(LineReader lines) {
        String[] words = lines.text().strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length != 5 || !words[0].equals("%%matrixmarket") || !words[1].equals("matrix")) {
            throw lines.file()
                    .failure(
                            1,
                            "is not '%%MatrixMarket matrix coordinate integer general' or the like. Give a Matrix"
                                    + " Market file");
        }
        if (!words[2].equals("coordinate")) {
            throw lines.file().failure(1, "announces the format '" + words[2] + "'; only 'coordinate' can be read");
        }
        if (!words[4].equals("general")) {
            throw lines.file()
                    .failure(1, "announces a " + words[4] + " matrix; cells x features matrices are 'general'");
        }
        return switch (words[3]) {
            case "integer" -> ValueKind.WHOLE;
            case "real", "double" -> ValueKind.REAL;
            case "pattern" -> ValueKind.NONE;
            default -> throw lines.file()
                    .failure(1, "announces values of the kind '" + words[3] + "'; integer, real and pattern are known");
        };
    }

    private static long size(LineReader lines, String text) {
        long size = Long.parseLong(text);
        if (size < 0) {
            throw notSizes(lines, null);
        }
        return size;
    }

    private static HoxException notSizes(LineReader lines, Exception cause) {
        HoxException failure = lines.file()
                .failure(lines.number(), "should hold the numbers of rows, columns and entries. The file is damaged");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
