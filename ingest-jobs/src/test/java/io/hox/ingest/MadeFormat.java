package io.hox.ingest;

import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sources that a test keeps in memory, for tasks in the same JVM. */
public final class MadeFormat implements SourceFormat {
    private static final Map<String, Source> SOURCES = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    static SourceRef of(Source source) {
        String name = "memory/" + NUMBERS.incrementAndGet();
        SOURCES.put(name, source);
        return new SourceRef("made", name, "");
    }

    @Override
    public String name() {
        return "made";
    }

    @Override
    public boolean recognises(SourceLocation location) {
        return false;
    }

    @Override
    public List<SourceRef> datasets(SourceLocation location) {
        throw new AssertionError("made sources have no place");
    }

    @Override
    public Source open(SourceRef ref, Map<String, String> options) {
        return SOURCES.get(ref.uri());
    }
}
