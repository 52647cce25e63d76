package io.hox.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ages such as {@code 90s}, {@code 12h} or {@code 1d}. */
final class AgeConverter implements ITypeConverter<Duration> {
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhdw]?)");

    @Override
    public Duration convert(String text) {
        Matcher matcher = AGE.matcher(text.strip());
        if (!matcher.matches()
                || matcher.group(2).isEmpty() && !matcher.group(1).matches("0+")) {
            throw new TypeConversionException(
                    "'" + text + "' is no age: give a number with s, m, h, d or w, such as 1d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            case "w" -> Duration.ofDays(7 * number);
            default -> Duration.ofSeconds(number);
        };
    }
}
