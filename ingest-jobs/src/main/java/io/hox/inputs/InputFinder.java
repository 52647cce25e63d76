package io.hox.inputs;

import io.hox.HoxException;
import io.hox.ingest.Sources;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the datasets behind the paths of a command line. A directory is either one dataset (a Zarr store, the three files
 * of a 10x matrix) or is searched for datasets; files of other kinds in it are passed over and reported.
 */
public final class InputFinder {
    private static final int DEEPEST = 16;
    private static final int SHOWN = 5;

    private final Function<String, Map<String, String>> options;
    private final Set<SourceRef> found = new LinkedHashSet<>();
    private final List<String> ignored = new ArrayList<>();

    /** @param options settings of the storage for a path */
    public InputFinder(Function<String, Map<String, String>> options) {
        this.options = options;
    }

    /**
     * Adds what a path, pattern or directory holds; what was found before is not added again.
     *
     * @throws HoxException when there is nothing, or nothing that can be ingested
     */
    public void add(String path) {
        for (String one : PathPattern.expand(path, options.apply(path))) {
            SourceLocation location = SourceLocation.of(one, options.apply(one));
            if (location.isFile()) {
                found.addAll(Sources.datasets(location));
                continue;
            }
            Optional<List<SourceRef>> datasets = Sources.find(location);
            if (datasets.isPresent()) {
                found.addAll(datasets.get());
            } else {
                int before = found.size();
                search(location, 0);
                if (found.size() == before) {
                    throw new HoxException("the directory " + one + " holds nothing that can be ingested; known are "
                            + Sources.formats());
                }
            }
        }
    }

    private void search(SourceLocation directory, int depth) {
        if (depth == DEEPEST) {
            throw new HoxException(directory.uri() + " lies " + DEEPEST + " directories deep; name it directly");
        }
        for (String name : directory.children()) {
            if (name.startsWith(".") || name.startsWith("_")) {
                continue;
            }
            SourceLocation child = SourceLocation.of(directory.uri() + "/" + name, directory.options());
            Optional<List<SourceRef>> datasets = Sources.find(child);
            if (datasets.isPresent()) {
                found.addAll(datasets.get());
            } else if (child.isFile()) {
                ignored.add(child.uri());
            } else {
                search(child, depth + 1);
            }
        }
    }

    /** The datasets in the order in which they were found. */
    public List<SourceRef> found() {
        return List.copyOf(found);
    }

    /** What was passed over in directories, in words; null when nothing was. */
    public String ignored() {
        if (ignored.isEmpty()) {
            return null;
        }
        return ignored.size() + " files of other kinds were passed over: "
                + String.join(", ", ignored.subList(0, Math.min(SHOWN, ignored.size())))
                + (ignored.size() > SHOWN ? ", ..." : "");
    }
}
