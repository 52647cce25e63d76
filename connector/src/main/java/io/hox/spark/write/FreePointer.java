package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.KnownSpaces;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import java.util.ArrayList;
import java.util.List;

/** Finds the pointer column that top-level columns or vectors fill: the chosen one, or the only one that is left. */
final class FreePointer {
    private FreePointer() {}

    /** @param taken fields that structs fill */
    static PointerColumn find(
            AppendRequest request, AtlasWriter atlas, List<PointerColumn> pointers, List<FieldInput> taken) {
        List<PointerColumn> able = new ArrayList<>();
        for (PointerColumn pointer : pointers) {
            boolean chosen = request.field() == null || request.field().equals(pointer.name());
            boolean open = taken.stream().noneMatch(field -> field.pointer().equals(pointer));
            if (chosen
                    && open
                    && pointer.kind() != PointerKind.DISCRETE_SPATIAL
                    && KnownSpaces.of(atlas, pointer).isMatrix()) {
                able.add(pointer);
            }
        }
        if (able.size() == 1) {
            return able.get(0);
        }
        List<String> names = InputColumns.names(pointers);
        if (request.field() == null) {
            throw new HoxException("the cell table has the pointer columns " + names
                    + "; choose the one to fill with the option field");
        }
        throw new HoxException("option field is [" + request.field()
                + "], but the cell table has no such pointer column to fill; it has " + names);
    }
}
