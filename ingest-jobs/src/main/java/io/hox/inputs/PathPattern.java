package io.hox.inputs;

import io.hox.HoxException;
import io.hox.source.SourceLocation;
import io.hox.store.ObjectStore;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Paths with {@code *}, {@code ?}, {@code [a-z]} and {@code {a,b}} in any of their parts, local or remote. A shell expands
 * local ones itself unless they are quoted; nobody else does it for a bucket.
 */
final class PathPattern {
    private static final String SPECIAL = "*?[{";

    private PathPattern() {}

    /**
     * What a path stands for: itself where it has no pattern or names something that exists, else all that matches, sorted.
     *
     * @throws HoxException when there is nothing
     */
    static List<String> expand(String path, Map<String, String> options) {
        int special = firstSpecial(path);
        if (special < 0 || SourceLocation.exists(path, options)) {
            return List.of(path);
        }
        int slash = path.lastIndexOf('/', special);
        String base = slash < 0 ? "" : path.substring(0, slash + 1);
        List<String> found = List.of(base);
        for (String part : path.substring(slash + 1).split("/")) {
            if (!part.isEmpty()) {
                found = step(path, found, part, options);
            }
        }
        if (found.isEmpty()) {
            throw new HoxException("nothing matches " + path + "; check the pattern, and that the files are there");
        }
        return found;
    }

    private static List<String> step(String path, List<String> bases, String part, Map<String, String> options) {
        PathMatcher matcher = matcher(path, part);
        List<String> found = new ArrayList<>();
        for (String base : bases) {
            String prefix = base.isEmpty() || base.endsWith("/") ? base : base + "/";
            for (String child :
                    ObjectStore.open(prefix.isEmpty() ? "." : prefix, options).list("")) {
                boolean hidden = child.startsWith(".") && !part.startsWith(".");
                if (!hidden && matcher.matches(Path.of(child))) {
                    found.add(prefix + child);
                }
            }
        }
        return found;
    }

    private static PathMatcher matcher(String path, String part) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + part);
        } catch (PatternSyntaxException e) {
            throw new HoxException(path + " is no valid pattern: " + e.getDescription(), e);
        }
    }

    private static int firstSpecial(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (SPECIAL.indexOf(path.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
