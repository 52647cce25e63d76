package io.hox.lance;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Names of places and credentials: Hadoop's on one side, Lance's object store's on the other. */
final class StorageOptions {
    private static final Map<String, String> FROM_HADOOP = Map.of(
            "fs.s3a.access.key", "aws_access_key_id",
            "fs.s3a.secret.key", "aws_secret_access_key",
            "fs.s3a.session.token", "aws_session_token",
            "fs.s3a.endpoint", "aws_endpoint",
            "fs.s3a.endpoint.region", "aws_region");

    private StorageOptions() {}

    /** Lance speaks {@code s3://} where Hadoop says {@code s3a://}, and wants plain paths for local directories. */
    static String uri(String uri) {
        String stripped = uri;
        while (stripped.length() > 1 && stripped.endsWith("/")) {
            stripped = stripped.substring(0, stripped.length() - 1);
        }
        if (stripped.startsWith("s3a://") || stripped.startsWith("s3n://")) {
            return "s3://" + stripped.substring(6);
        }
        if (stripped.startsWith("file:")) {
            String path = stripped.substring(5);
            return "/" + path.replaceFirst("^/+", "");
        }
        return stripped;
    }

    static boolean isLocal(String uri) {
        return !uri.contains("://");
    }

    /** Hadoop keys translated, Lance's own keys ({@code aws_...}, {@code allow_http}, timeouts) as they are. */
    static Map<String, String> forLance(String uri, Map<String, String> options) {
        Map<String, String> lance = new HashMap<>();
        if (isLocal(uri)) {
            return lance;
        }
        // A dead endpoint would otherwise be retried for minutes.
        lance.put("connect_timeout", "10s");
        lance.put("request_timeout", "120s");
        lance.put("client_max_retries", "3");
        lance.put("client_retry_timeout", "60");
        for (Map.Entry<String, String> option : new TreeMap<>(options).entrySet()) {
            String key = option.getKey();
            String name = FROM_HADOOP.get(key);
            if (name != null) {
                // Lance's own names sort first: where both are given, the one that speaks to Lance counts.
                lance.putIfAbsent(name, option.getValue());
            } else if (!key.startsWith("fs.")) {
                lance.put(key, option.getValue());
            }
        }
        String endpoint = lance.get("aws_endpoint");
        if (endpoint != null && !endpoint.contains("://")) {
            boolean plain = "false".equalsIgnoreCase(options.get("fs.s3a.connection.ssl.enabled"));
            endpoint = (plain ? "http://" : "https://") + endpoint;
            lance.put("aws_endpoint", endpoint);
        }
        if (endpoint != null && endpoint.startsWith("http://")) {
            lance.putIfAbsent("allow_http", "true");
        }
        if (endpoint != null && !endpoint.contains("amazonaws.com") && !isRegionInEnvironment()) {
            // Hadoop's default for such stores, most of which have no regions; Lance would look for one in the network.
            lance.putIfAbsent("aws_region", "us-east-1");
        }
        if ("true".equalsIgnoreCase(lance.get("aws_skip_signature"))) {
            // Never sent; without any, Lance looks for credentials in the network of a virtual machine, for seconds.
            lance.putIfAbsent("aws_access_key_id", "none");
            lance.putIfAbsent("aws_secret_access_key", "none");
        }
        return lance;
    }

    private static boolean isRegionInEnvironment() {
        return System.getenv("AWS_REGION") != null || System.getenv("AWS_DEFAULT_REGION") != null;
    }
}
