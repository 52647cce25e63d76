package io.hox.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a request failed, in few words: clients of object stores say it several times over, with request numbers. */
final class FailureReason {
    private static final int LONGEST = 300;
    private static final String S3A = "org.apache.hadoop.fs.s3a.";
    private static final Pattern ERROR_CODE = Pattern.compile("Error Code: (\\w+)");
    private static final Pattern SERVICE = Pattern.compile(" \\(Service: .*", Pattern.DOTALL);

    private FailureReason() {}

    static String of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        // The client's classes are not on every class path.
        String type = failure.getClass().getSimpleName();
        if (type.equals("UnknownStoreException")) {
            return "there is no such bucket at this endpoint";
        }
        if (type.equals("RemoteFileChangedException")) {
            return "it was changed after it was found; read again";
        }
        if (message.contains("No AWS Credentials provided")) {
            return "there are no credentials: set fs.s3a.access.key and fs.s3a.secret.key, or the environment variables"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        }
        if (failure instanceof java.nio.file.AccessDeniedException && isFromS3(failure)) {
            Matcher code = ERROR_CODE.matcher(message);
            return "access was denied" + (code.find() ? " (" + code.group(1) + ")" : "")
                    + "; check the credentials and what they allow";
        }
        if (failure.getClass().getName().startsWith(S3A) && failure.getCause() != null) {
            return shortened(failure.getCause().getMessage());
        }
        return shortened(type + (failure.getMessage() == null ? "" : ": " + message));
    }

    private static boolean isFromS3(Exception failure) {
        return failure.getCause() != null
                && failure.getCause().getClass().getName().startsWith("com.amazonaws.");
    }

    private static String shortened(String message) {
        String text = SERVICE.matcher(String.valueOf(message)).replaceFirst("");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
