package io.hox.atlas;

import io.hox.HoxException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Identifiers of rows, features and layouts: 16 lower-case hexadecimal digits each. Stable and layout identifiers are
 * functions of their input and equal those that homeobox computes.
 */
public final class Uids {
    private static final byte[] NAMESPACE = HexFormat.of().parseHex("b3e7a9f16c2d4a8b9f013d5e7a2b8c4f");
    private static final int DIGITS = 16;
    /** Python prints floats from this decimal exponent on, and below {@link #FIRST_SMALL}, in scientific notation. */
    private static final int FIRST_LARGE = 16;

    private static final int FIRST_SMALL = -4;

    private Uids() {}

    /** A random identifier: the first half of a version 4 UUID, 60 random bits. */
    static String random() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
    }

    /**
     * The identifier of one or more texts, joined by {@code |}: the first half of a version 5 UUID.
     *
     * @throws HoxException when there is no part or a part is null
     */
    public static String stable(String... parts) {
        if (parts.length == 0) {
            throw new HoxException("a stable uid needs at least one value; use a random uid where there is none");
        }
        for (String part : parts) {
            if (part == null) {
                throw new HoxException("a stable uid can't be made of a missing value; use a random uid for such rows");
            }
        }
        MessageDigest sha1 = digest("SHA-1");
        sha1.update(NAMESPACE);
        byte[] hash = sha1.digest(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) (hash[6] & 0x0F | 0x50);
        return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
    }

    /**
     * The stable identifier of a value of any scalar type, as homeobox canonicalises it: a double with an integral value
     * counts as that integer, everything else as Python prints it. A missing value (null, NaN) gets a random identifier.
     */
    public static String stableOf(Object value) {
        String text = canonical(value);
        return text == null ? random() : stable(text);
    }

    /**
     * The identifier of an ordered list of features: equal lists share one layout. The feature space is not part of it.
     *
     * @throws HoxException when a uid is null
     */
    static String layout(Iterable<String> featureUids) {
        MessageDigest sha256 = digest("SHA-256");
        for (String uid : featureUids) {
            if (uid == null) {
                throw new HoxException("a layout can't hold a feature without a uid");
            }
            sha256.update(uid.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, DIGITS / 2);
    }

    /** The text that identifies a value; null for null and NaN. */
    static String canonical(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            double d = number;
            if (Double.isNaN(d)) {
                return null;
            }
            boolean integral = d == Math.rint(d) && !Double.isInfinite(d);
            return integral ? new BigDecimal(d).toBigInteger().toString() : python(d, false);
        }
        if (value instanceof Float number) {
            return number.isNaN() ? null : python(number, true);
        }
        return value.toString();
    }

    /** Python's (for single precision: NumPy's) text of a float: the shortest digits that read back as the same number. */
    private static String python(double value, boolean single) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(value, single).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent >= FIRST_SMALL && exponent < FIRST_LARGE) {
            String plain = shortest.abs().toPlainString();
            return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
        }
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return String.format("%s%se%s%02d", sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    // Double.toString of Java 17 prints one digit too many for some numbers.
    private static BigDecimal shortest(double value, boolean single) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; ; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision));
            if (single ? rounded.floatValue() == (float) value : rounded.doubleValue() == value) {
                return rounded;
            }
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }
}
