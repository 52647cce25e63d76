package io.hox.atlas;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Times as text. */
public final class Times {
    private static final Pattern ZONED = Pattern.compile(".*T.*(Z|[+-]\\d\\d:?\\d\\d)");
    private static final OffsetDateTime EPOCH = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private Times() {}

    /**
     * Microseconds since 1970 of an ISO 8601 time, a blank in place of the T, or a date alone. Without an offset it is
     * taken as UTC.
     *
     * @throws java.time.format.DateTimeParseException when it is none of these
     */
    public static long micros(String text) {
        String iso = text.strip().replace(' ', 'T');
        OffsetDateTime time;
        if (ZONED.matcher(iso).matches()) {
            time = OffsetDateTime.parse(iso);
        } else if (iso.indexOf('T') < 0) {
            time = LocalDate.parse(iso).atStartOfDay().atOffset(ZoneOffset.UTC);
        } else {
            time = LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
        }
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
