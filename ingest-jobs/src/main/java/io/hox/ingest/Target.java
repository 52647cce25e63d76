package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.KnownSpaces;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import io.hox.source.Modality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** The atlas that a job adds to, with the cell table it fills. */
final class Target {
    private final AtlasWriter atlas;
    private final String obsTable;
    private final Schema schema;
    private final List<PointerColumn> pointers;
    private final CellUids cellUids;
    private final Map<String, String> sourceOfUid = new HashMap<>();

    /** @param obsTable name of the cell table; null where the atlas has one */
    Target(AtlasWriter atlas, String obsTable) {
        this.atlas = atlas;
        this.obsTable = chosen(atlas, obsTable);
        this.schema = atlas.obsSchema(this.obsTable);
        this.pointers = atlas.pointers(this.obsTable);
        this.cellUids = new CellUids(atlas.obsRef(this.obsTable));
    }

    private static String chosen(AtlasWriter atlas, String obsTable) {
        if (obsTable != null) {
            return obsTable;
        }
        if (atlas.obsTables().size() != 1) {
            throw new HoxException(
                    "the atlas has several cell tables " + atlas.obsTables() + "; choose one with --obs-table");
        }
        return atlas.obsTables().get(0);
    }

    AtlasWriter atlas() {
        return atlas;
    }

    String obsTable() {
        return obsTable;
    }

    /** Columns of the cell table. */
    Schema schema() {
        return schema;
    }

    Set<String> pointerNames() {
        return pointers.stream().map(PointerColumn::name).collect(Collectors.toSet());
    }

    CellUids cellUids() {
        return cellUids;
    }

    /** Notes which source of the job is a dataset; several can't be the same one. */
    synchronized void claimUid(String datasetUid, String name) {
        String other = sourceOfUid.putIfAbsent(datasetUid, name);
        if (other != null) {
            throw new HoxException(name + " is the same file as " + other
                    + "; name it once, or give it a --dataset-uid in a run of its own");
        }
    }

    /**
     * The pointer column that a modality fills.
     *
     * @param name names the source in messages
     * @param alone whether the source has no other modality
     * @param field the one that the user wants, or null
     * @throws HoxException when there is none or a choice
     */
    PointerColumn pointer(String name, Modality modality, boolean alone, String field) {
        List<String> names = pointers.stream().map(PointerColumn::name).toList();
        if (field != null) {
            return pointers.stream()
                    .filter(pointer -> pointer.name().equals(field))
                    .findFirst()
                    .orElseThrow(() -> new HoxException(
                            "--field " + field + ": the cell table has no such pointer column; it has " + names));
        }
        String space = modality.featureSpace();
        List<PointerColumn> able = pointers.stream()
                .filter(pointer -> space == null
                        ? pointer.kind() != PointerKind.DISCRETE_SPATIAL
                        : pointer.featureSpace().equals(space))
                .toList();
        if (able.size() == 1 && (alone || space != null)) {
            return able.get(0);
        }
        if (alone && space == null) {
            throw new HoxException(
                    "the cell table has the pointer columns " + names + "; choose the one to fill with --field");
        }
        String of = space == null
                ? "which says nothing of its feature space"
                : "which is " + space + ", for which the cell table has " + (able.isEmpty() ? "no" : "several")
                        + " pointer columns";
        throw new HoxException(name + " has the modality '" + modality.key() + "', " + of + ". Its pointer columns are "
                + names + ": name one with --field " + modality.key() + "=COLUMN, or leave the modality out with"
                + " --skip " + modality.key());
    }

    /** The feature space of a pointer column; it must be a matrix. */
    FeatureSpace space(PointerColumn pointer) {
        FeatureSpace space = KnownSpaces.of(atlas, pointer);
        if (!space.isMatrix()) {
            throw new HoxException("pointer column " + pointer.name() + " is of feature space " + space.name()
                    + ", which is not a matrix of cells and features; such a file can't fill it");
        }
        return space;
    }
}
