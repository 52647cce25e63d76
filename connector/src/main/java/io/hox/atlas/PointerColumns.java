package io.hox.atlas;

import io.hox.HoxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tells pointer columns from other structs: by the exact set of their children. */
final class PointerColumns {
    /** The key of a column's metadata that names its feature space. */
    static final String FEATURE_SPACE_KEY = "homeobox.feature_space";

    private static final String FIRST_GENERATION_CHILD = "feature_space";

    private PointerColumns() {}

    /**
     * The pointer columns of an obs table in table order.
     *
     * @param spaces known spaces, for columns that do not name theirs
     * @param where the table, for messages
     * @throws HoxException when a pointer column belongs to no feature space or has another kind of pointer than its space
     */
    static List<PointerColumn> of(Schema schema, Generation generation, FeatureSpaces spaces, String where) {
        List<PointerColumn> pointers = new ArrayList<>();
        for (Field field : schema.getFields()) {
            PointerKind kind = kind(field, generation);
            if (kind != null) {
                String space = space(field, generation, spaces, where);
                checkKind(field.getName(), kind, spaces.find(space), where);
                pointers.add(new PointerColumn(field.getName(), space, kind, generation));
            }
        }
        return pointers;
    }

    /** What kind of pointer a column holds; null when it is an ordinary column. */
    static PointerKind kind(Field field, Generation generation) {
        if (!(field.getType() instanceof ArrowType.Struct)) {
            return null;
        }
        Set<String> children = new HashSet<>();
        for (Field child : field.getChildren()) {
            children.add(child.getName());
        }
        if (generation == Generation.G1 && !children.remove(FIRST_GENERATION_CHILD)) {
            return null;
        }
        for (PointerKind kind : PointerKind.values()) {
            boolean exists = generation == Generation.G2 || kind != PointerKind.DISCRETE_SPATIAL;
            if (exists && kind.children().equals(children)) {
                return kind;
            }
        }
        return null;
    }

    private static String space(Field field, Generation generation, FeatureSpaces spaces, String where) {
        String name = field.getName();
        if (generation == Generation.G1) {
            return name;
        }
        String space = field.getMetadata().get(FEATURE_SPACE_KEY);
        if (space != null && !space.isEmpty()) {
            return space;
        }
        if (spaces.find(name) != null) {
            return name;
        }
        throw new HoxException(
                "column '" + name + "' of " + where + " is a pointer without a feature space: its metadata"
                        + " has no " + FEATURE_SPACE_KEY + ", and no known space is called '" + name
                        + "'. Describe a space of this name, or have the writer of the table keep the metadata");
    }

    private static void checkKind(String column, PointerKind kind, FeatureSpace space, String where) {
        if (space != null && space.kind() != kind) {
            throw new HoxException("column '" + column + "' of " + where + " is a " + kind.configName()
                    + " pointer, but its feature space '" + space.name() + "' is "
                    + space.kind().configName() + ". Correct the description of the space");
        }
    }
}
