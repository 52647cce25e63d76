package io.hox.atlas;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one map of settings serve both clients of an object store: Hadoop's, which reads the arrays, and Lance's, which
 * reads the tables. Users may speak either language; each setting is translated to the other one where it is missing.
 * Values are secrets: they never appear in messages.
 */
public final class StorageConfig {
    private static final String SPARK_PREFIX = "spark.hadoop.";
    private static final String SSL = "fs.s3a.connection.ssl.enabled";
    private static final String PATH_STYLE = "fs.s3a.path.style.access";
    private static final String PROVIDER = "fs.s3a.aws.credentials.provider";
    private static final String ANONYMOUS = "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider";
    private static final String ENDPOINT = "aws_endpoint";
    private static final String VIRTUAL_HOSTED = "aws_virtual_hosted_style_request";
    private static final String UNSIGNED = "aws_skip_signature";
    private static final String ALLOW_HTTP = "allow_http";

    /** Hadoop's name and Lance's name of settings with the same values. */
    private static final String[][] SAME = {
        {"fs.s3a.access.key", "aws_access_key_id"},
        {"fs.s3a.secret.key", "aws_secret_access_key"},
        {"fs.s3a.session.token", "aws_session_token"},
        {"fs.s3a.endpoint.region", "aws_region"},
        {"fs.s3a.endpoint", ENDPOINT},
        {"fs.gs.auth.service.account.json.keyfile", "google_service_account"},
    };

    /** Short names that homeobox, obstore and LanceDB accept, and the ones used here. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("access_key_id", "aws_access_key_id"),
            Map.entry("secret_access_key", "aws_secret_access_key"),
            Map.entry("session_token", "aws_session_token"),
            Map.entry("aws_token", "aws_session_token"),
            Map.entry("token", "aws_session_token"),
            Map.entry("region", "aws_region"),
            Map.entry("aws_default_region", "aws_region"),
            Map.entry("endpoint", ENDPOINT),
            Map.entry("endpoint_url", ENDPOINT),
            Map.entry("aws_endpoint_url", ENDPOINT),
            Map.entry("aws_allow_http", ALLOW_HTTP),
            Map.entry("skip_signature", UNSIGNED),
            Map.entry("virtual_hosted_style_request", VIRTUAL_HOSTED));

    private StorageConfig() {}

    /**
     * The settings in both languages.
     *
     * @param settings Hadoop keys ({@code fs.s3a.endpoint}, also with {@code spark.hadoop.} in front) and Lance keys
     *     ({@code aws_endpoint}, in any case, also without {@code aws_}); what the caller sets wins over what is derived
     * @param database the database's URI: settings of its bucket ({@code fs.s3a.bucket.NAME.*}) win over general ones
     */
    public static Map<String, String> complete(Map<String, String> settings, String database) {
        TreeMap<String, String> all = new TreeMap<>();
        String bucket = "fs.s3a.bucket." + bucket(database) + ".";
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String key = setting.getKey();
            if (key.startsWith(SPARK_PREFIX)) {
                key = key.substring(SPARK_PREFIX.length());
            }
            boolean hadoop = key.startsWith("fs.");
            String lower = key.toLowerCase(Locale.ROOT);
            all.put(hadoop ? key : ALIASES.getOrDefault(lower, lower), setting.getValue());
        }
        Map<String, String> lance = new LinkedHashMap<>(all);
        for (Map.Entry<String, String> setting : all.entrySet()) {
            if (setting.getKey().startsWith(bucket)) {
                lance.put("fs.s3a." + setting.getKey().substring(bucket.length()), setting.getValue());
            }
        }
        for (String[] pair : SAME) {
            derive(all, lance, pair[0], pair[1]);
        }
        deriveEndpoint(all, lance);
        deriveAddressing(all, lance, bucket(database));
        deriveAnonymous(all, lance);
        return Collections.unmodifiableMap(all);
    }

    private static void derive(Map<String, String> all, Map<String, String> lance, String hadoop, String own) {
        if (lance.containsKey(hadoop)) {
            all.putIfAbsent(own, lance.get(hadoop));
        } else if (all.containsKey(own)) {
            all.put(hadoop, all.get(own));
        }
    }

    /** Lance wants a URL and a permission for plain HTTP; Hadoop takes a host and a switch. */
    private static void deriveEndpoint(Map<String, String> all, Map<String, String> lance) {
        String endpoint = all.get(ENDPOINT);
        if (endpoint == null || endpoint.isEmpty()) {
            return;
        }
        if (!endpoint.contains("://")) {
            boolean plain = "false".equalsIgnoreCase(lance.get(SSL)) || isTrue(all.get(ALLOW_HTTP));
            endpoint = (plain ? "http://" : "https://") + endpoint;
            all.put(ENDPOINT, endpoint);
        }
        if (endpoint.startsWith("http://")) {
            all.putIfAbsent(ALLOW_HTTP, "true");
            all.putIfAbsent(SSL, "false");
        }
    }

    /** Bucket in the path or in the host name. Lance's client wants the bucket in the endpoint for the latter. */
    private static void deriveAddressing(Map<String, String> all, Map<String, String> lance, String bucket) {
        String pathStyle = lance.get(PATH_STYLE);
        String endpoint = all.get(ENDPOINT);
        if (all.containsKey(VIRTUAL_HOSTED)) {
            all.putIfAbsent(PATH_STYLE, isTrue(all.get(VIRTUAL_HOSTED)) ? "false" : "true");
        } else if (pathStyle != null) {
            boolean hosted = !isTrue(pathStyle);
            all.put(VIRTUAL_HOSTED, Boolean.toString(hosted));
            int host = endpoint == null ? -1 : endpoint.indexOf("://") + 3;
            if (hosted && host > 2 && !bucket.isEmpty() && !endpoint.startsWith(bucket + ".", host)) {
                all.put(ENDPOINT, endpoint.substring(0, host) + bucket + "." + endpoint.substring(host));
            }
        } else if (endpoint != null && !endpoint.contains("amazonaws.com")) {
            // Stores other than Amazon's know their buckets by path; that is what Lance's client assumes, too.
            all.put(PATH_STYLE, "true");
        }
    }

    private static void deriveAnonymous(Map<String, String> all, Map<String, String> lance) {
        String provider = lance.get(PROVIDER);
        if (provider != null && provider.strip().equals(ANONYMOUS)) {
            all.putIfAbsent(UNSIGNED, "true");
        } else if (provider == null && isTrue(all.get(UNSIGNED))) {
            all.put(PROVIDER, ANONYMOUS);
        }
    }

    private static boolean isTrue(String value) {
        return "true".equalsIgnoreCase(value) || "1".equals(value);
    }

    private static String bucket(String uri) {
        int start = uri.indexOf("://");
        if (start < 0) {
            return "";
        }
        int end = uri.indexOf('/', start + 3);
        return end < 0 ? uri.substring(start + 3) : uri.substring(start + 3, end);
    }
}
