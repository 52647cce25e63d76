package io.hox.mtx;

import java.nio.charset.StandardCharsets;

/** Numbers in ASCII text, without an object for each. */
final class NumberParser {
    /** Most digits that surely fit a long. */
    private static final int SAFE_DIGITS = 18;
    /** Whole numbers up to here are exact in a double. */
    private static final long EXACT = 1L << 53;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private NumberParser() {}

    /** A whole number with or without a sign. @throws NumberFormatException when it is none, or beyond 64 bits */
    static long whole(byte[] text, int from, int to) {
        boolean signed = from < to && (text[from] == '-' || text[from] == '+');
        int at = signed ? from + 1 : from;
        if (at == to || to - at > SAFE_DIGITS) {
            return Long.parseLong(string(text, from, to));
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException();
            }
            value = value * 10 + digit;
        }
        return signed && text[from] == '-' ? -value : value;
    }

    /**
     * Any number, rounded correctly; also {@code nan} and {@code inf}.
     *
     * @throws NumberFormatException when it is none
     */
    static double real(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int at = negative || from < to && text[from] == '+' ? from + 1 : from;
        long digits = 0;
        int significant = 0;
        int scale = 0;
        boolean any = false;
        boolean point = false;
        for (; at < to && significant < SAFE_DIGITS; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                any = true;
                significant += digits == 0 ? 0 : 1;
                scale += point ? 1 : 0;
            } else if (text[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        // Both the digits and the power of ten are exact then, and one operation rounds once.
        if (at == to && any && digits <= EXACT && scale < POWERS.length) {
            double value = digits / POWERS[scale];
            return negative ? -value : value;
        }
        return slow(string(text, from, to));
    }

    private static double slow(String text) {
        String bare = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        if (bare.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < bare.length(); i++) {
            // Java would take suffixes and hexadecimal numbers.
            if ((i == 0 ? "0123456789." : "0123456789.eE+-").indexOf(bare.charAt(i)) < 0) {
                throw new NumberFormatException();
            }
        }
        return sign * Double.parseDouble(bare);
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
