package io.hox.ingest;

import io.hox.HoxException;
import io.hox.anndata.H5adFormat;
import io.hox.anndata.MuDataFormat;
import io.hox.anndata.ZarrFormat;
import io.hox.source.Source;
import io.hox.source.SourceFormat;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.tenx.TenxH5Format;
import io.hox.tenx.TenxMtxFormat;
import io.hox.tenx.TripletFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The formats that hox knows: its own, and implementations of {@link SourceFormat} that jars declare as a service.
 */
public final class Sources {
    private static final List<SourceFormat> BUILT_IN = List.of(
            new H5adFormat(),
            new MuDataFormat(),
            new ZarrFormat(),
            new TenxH5Format(),
            new TenxMtxFormat(),
            new TripletFormat());

    /** The first one that recognises a file has it; those that the class path brings along come last. */
    private static final List<SourceFormat> FORMATS = Stream.concat(
                    BUILT_IN.stream(),
                    ServiceLoader.load(SourceFormat.class).stream().map(ServiceLoader.Provider::get))
            .toList();

    private Sources() {}

    /**
     * The datasets of a file or directory.
     *
     * @throws HoxException when no format recognises it
     */
    public static List<SourceRef> datasets(SourceLocation location) {
        return find(location)
                .orElseThrow(() -> new HoxException(
                        location.uri() + " is of no format that can be ingested; these are known: " + formats()));
    }

    /** As {@link #datasets}; empty when no format recognises it. */
    public static Optional<List<SourceRef>> find(SourceLocation location) {
        for (SourceFormat format : FORMATS) {
            if (format.recognises(location)) {
                return Optional.of(format.datasets(location));
            }
        }
        return Optional.empty();
    }

    /** Names of the formats. */
    public static List<String> formats() {
        return FORMATS.stream().map(SourceFormat::name).toList();
    }

    /** Paths or URIs of the files that a dataset is made of. */
    static List<String> files(SourceRef ref, Map<String, String> options) {
        return format(ref).files(ref, options);
    }

    /** Opens a source and reads its structure. */
    public static Source open(SourceRef ref, Map<String, String> options) {
        return format(ref).open(ref, options);
    }

    private static SourceFormat format(SourceRef ref) {
        for (SourceFormat format : FORMATS) {
            if (format.name().equals(ref.format())) {
                return format;
            }
        }
        throw new HoxException(ref + " is of the format '" + ref.format() + "', which this version does not know");
    }
}
