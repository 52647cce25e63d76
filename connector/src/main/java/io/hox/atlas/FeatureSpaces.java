package io.hox.atlas;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The feature spaces that are known by name. Immutable. */
public final class FeatureSpaces implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final FeatureSpaces NONE = new FeatureSpaces(Map.of());
    private static final FeatureSpaces FIRST = NONE.with(BuiltInSpaces.of(Generation.G1));
    private static final FeatureSpaces SECOND = NONE.with(BuiltInSpaces.of(Generation.G2));

    private final LinkedHashMap<String, FeatureSpace> byName;

    private FeatureSpaces(Map<String, FeatureSpace> byName) {
        this.byName = new LinkedHashMap<>(byName);
    }

    /** No space at all. */
    public static FeatureSpaces none() {
        return NONE;
    }

    /** The built-in spaces of the second generation, the one that is written. */
    public static FeatureSpaces builtIn() {
        return SECOND;
    }

    /** The built-in spaces as a generation lays them out. */
    public static FeatureSpaces builtIn(Generation generation) {
        return generation == Generation.G1 ? FIRST : SECOND;
    }

    /**
     * Spaces described by a user; {@code builtIn().with(fromJson(text))} adds them to the known ones. The description is
     * an object with one member per space:
     *
     * <pre>{@code
     * {"genefull_expression": {"kind": "sparse", "features": true, "indices": "csr/indices", "layersPath": "csr/layers",
     *    "layers": {"Unique": {"types": ["uint32"], "required": true, "encoding": "bitpacked"}}},
     *  "lognorm_rna": {"kind": "dense", "layers": {"log_normalized": {"types": ["float32"], "required": true}}}}
     * }</pre>
     *
     * <p>{@code kind} is sparse, dense or discrete_spatial. {@code features} says whether the columns are features of a
     * registry (default: not for discrete_spatial). {@code indices}, {@code layersPath} and the layers' {@code types},
     * {@code encoding} (zstd, bitpacked, bitpacked_delta, bitpacked_delta_zigzag) and {@code rank} have defaults that
     * follow from the kind. {@code openLayers} allows layers that are not listed (default: true when none is listed).
     *
     * @throws io.hox.HoxException that names the space, the member and what is allowed
     */
    public static FeatureSpaces fromJson(String json) {
        return NONE.with(SpaceJson.parse(json));
    }

    /** These and the given ones, which replace spaces of the same name. */
    public FeatureSpaces with(FeatureSpace... spaces) {
        return with(List.of(spaces));
    }

    /** These and the given ones, which replace spaces of the same name. */
    public FeatureSpaces with(FeatureSpaces others) {
        return with(others.byName.values());
    }

    private FeatureSpaces with(Collection<FeatureSpace> spaces) {
        FeatureSpaces all = new FeatureSpaces(byName);
        for (FeatureSpace space : spaces) {
            all.byName.put(space.name(), space);
        }
        return all;
    }

    /** The space of that name, null when it is unknown. */
    public FeatureSpace find(String name) {
        return byName.get(name);
    }

    /** All spaces, in the order in which they were added. */
    public Collection<FeatureSpace> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
