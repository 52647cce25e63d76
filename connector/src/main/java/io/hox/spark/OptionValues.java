package io.hox.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.atlas.NearNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What a user gave for options. Each value is looked up in the options of the read or write, then in the session's
 * settings ({@code spark.hox.<key>}), then it is the default.
 */
final class OptionValues {
    /** Options of Spark's own readers that resemble ours and may come along. */
    private static final Set<String> FOREIGN = Set.of("paths", "pathglobfilter");

    private static final String SESSION_PREFIX = "spark.hox.";

    private final CaseInsensitiveStringMap given;

    private OptionValues(CaseInsensitiveStringMap given) {
        this.given = given;
    }

    /**
     * The given options.
     *
     * @param known those that mean something
     * @throws HoxException when a key looks like a misspelt one of them
     */
    static OptionValues of(CaseInsensitiveStringMap given, List<Option> known) {
        for (String key : given.keySet()) {
            checkKey(key, known);
        }
        return new OptionValues(given);
    }

    /** The value as given in the options or the session; the default otherwise; null when that is empty. */
    String text(Option option) {
        String value = given.get(option.key());
        return textOrDefault(value == null ? sessionValue(option) : value, option);
    }

    /** As {@link #text}, but the session's settings do not count. */
    String ownText(Option option) {
        return textOrDefault(given.get(option.key()), option);
    }

    private static String textOrDefault(String value, Option option) {
        String text = value == null ? option.defaultValue() : value;
        return text.isBlank() ? null : text.strip();
    }

    /** A list of names: separated by commas, or a JSON array; null when the option is not set. */
    List<String> names(Option option) {
        String value = text(option);
        if (value == null) {
            return null;
        }
        return new ArrayList<>(new LinkedHashSet<>(list(option.key(), value)));
    }

    /** The names of a list, repeated ones too. */
    static List<String> list(String key, String value) {
        List<String> names = new ArrayList<>();
        for (String name : value.startsWith("[") ? jsonArray(key, value) : value.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        if (names.isEmpty()) {
            throw new HoxException("option " + key + " names nothing: [" + value + "]");
        }
        return names;
    }

    /** One of the given lower-case words. */
    String choice(Option option, String... allowed) {
        String value = text(option);
        for (String word : allowed) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        throw new HoxException(
                "option " + option.key() + " is [" + value + "]; it can be " + String.join(" or ", allowed));
    }

    /** A snapshot number or another whole number from 0; null when the option is not set. */
    Long number(Option option) {
        String value = text(option);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with the negative ones.
        }
        throw new HoxException("option " + option.key() + " is [" + value + "]; it must be a whole number from 0");
    }

    /** A positive number of rows. */
    int rows(Option option) {
        Long number = number(option);
        if (number == null || number < 1 || number > Integer.MAX_VALUE) {
            throw new HoxException("option " + option.key() + " is [" + number + "]; it must be 1 to 2147483647");
        }
        return number.intValue();
    }

    /** A positive number of bytes, with an optional suffix k, m or g. */
    long bytes(Option option) {
        String value = text(option).toLowerCase(Locale.ROOT);
        String digits = value.endsWith("b") ? value.substring(0, value.length() - 1) : value;
        int shift = 0;
        if (!digits.isEmpty()) {
            shift = switch (digits.charAt(digits.length() - 1)) {
                case 'k' -> 10;
                case 'm' -> 20;
                case 'g' -> 30;
                default -> 0;
            };
        }
        String number = shift == 0 ? digits : digits.substring(0, digits.length() - 1);
        try {
            long bytes = Math.multiplyExact(Long.parseLong(number), 1L << shift);
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Reported below with the ones that are not positive.
        }
        throw new HoxException("option " + option.key() + " is [" + value + "]; it must be a positive number of bytes,"
                + " such as 65536 or 64m");
    }

    /** The atlas's path; {@code load(path)} sets it. */
    String path() {
        String paths = given.get("paths");
        String path = text(HoxOptions.PATH);
        if (path == null && paths != null) {
            List<String> several = List.of(jsonArray(HoxOptions.PATH.key(), paths));
            if (several.size() != 1) {
                throw new HoxException("one atlas at a time, not " + several.size() + " paths; unite several reads");
            }
            path = several.get(0);
        }
        if (path == null) {
            throw new HoxException("no path: say which atlas, as in spark.read.format(\"hox\").load(\"/data/atlas\")");
        }
        return path;
    }

    /** Everything given with the read, other readers' keys included. */
    Map<String, String> given() {
        return given.asCaseSensitiveMap();
    }

    private static String sessionValue(Option option) {
        scala.Option<SparkSession> session = SparkSession.getActiveSession();
        if (session.isEmpty()) {
            session = SparkSession.getDefaultSession();
        }
        if (session.isEmpty()) {
            return null;
        }
        scala.Option<String> value = session.get().conf().getOption(SESSION_PREFIX + option.key());
        return value.isEmpty() ? null : value.get();
    }

    private static String[] jsonArray(String key, String json) {
        try {
            return new ObjectMapper().readValue(json, String[].class);
        } catch (JsonProcessingException e) {
            throw new HoxException(
                    "option " + key + " is no JSON array of strings: [" + json + "]: " + e.getOriginalMessage());
        }
    }

    // Spark hands over keys of many origins (fs.*, path globs): only what looks like a slip is refused.
    private static void checkKey(String key, List<Option> known) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.indexOf('.') >= 0 || FOREIGN.contains(lower)) {
            return;
        }
        for (Option option : known) {
            if (lower.equals(option.key().toLowerCase(Locale.ROOT))) {
                return;
            }
        }
        List<String> near = NearNames.find(lower.replace("_", "").replace("-", ""), keys(known), 1);
        if (!near.isEmpty()) {
            throw new HoxException("unknown option '" + key + "': did you mean '" + near.get(0) + "'?");
        }
    }

    private static List<String> keys(List<Option> known) {
        List<String> keys = new ArrayList<>();
        for (Option option : known) {
            keys.add(option.key());
        }
        return keys;
    }
}
