package io.hox.spark.write;

import java.io.Serializable;
import java.util.Map;

/**
 * Which features the cells of a field measured, and where an index of the data stands among them. There is one such set
 * for the whole write, or one for each layout of the atlas that the data were read from.
 */
final class Measured implements Serializable {
    private static final long serialVersionUID = 1L;
    /** What {@link #position} returns for an index that is not among the measured features. */
    static final int NONE = -1;

    private final int[] sizes;
    private final int[][] positions;
    private final Map<String, Integer> setOfGroup;

    private Measured(int[] sizes, int[][] positions, Map<String, Integer> setOfGroup) {
        this.sizes = sizes;
        this.positions = positions;
        this.setOfGroup = setOfGroup;
    }

    /** One set whose features the data count from 0. */
    static Measured counted(int features) {
        return new Measured(new int[] {features}, null, null);
    }

    /** One set: the position of every index, {@link #NONE} where it was not measured. */
    static Measured numbered(int features, int[] positions) {
        return new Measured(new int[] {features}, new int[][] {positions}, null);
    }

    /** Several sets; the group that a cell was read from says which one is its. */
    static Measured ofGroups(int[] sizes, int[][] positions, Map<String, Integer> setOfGroup) {
        return new Measured(sizes, positions, setOfGroup);
    }

    /** Whether the group that a cell was read from decides. */
    boolean byGroup() {
        return setOfGroup != null;
    }

    /** The number of sets. */
    int sets() {
        return sizes.length;
    }

    /** The set of a cell; {@link #NONE} when the group is unknown. */
    int setOf(String group) {
        return setOfGroup == null ? 0 : setOfGroup.getOrDefault(group, NONE);
    }

    /** The number of features of a set. */
    int features(int set) {
        return sizes[set];
    }

    /** How many indices the data can have: the size of a vector. */
    int indices() {
        return positions == null ? sizes[0] : positions[0].length;
    }

    /** The position of an index of the data in a set, or {@link #NONE}. */
    int position(int set, int index) {
        if (positions == null) {
            return index >= 0 && index < sizes[0] ? index : NONE;
        }
        int[] known = positions[set];
        return index >= 0 && index < known.length ? known[index] : NONE;
    }
}
