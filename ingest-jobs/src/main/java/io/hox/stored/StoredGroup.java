package io.hox.stored;

import java.util.List;

/** A group of an open file. */
public interface StoredGroup extends StoredNode {
    /** Names of what lies directly in it. */
    List<String> names();

    /** What has that name, or null. A slash in the name leads into a group below. */
    StoredNode child(String name);

    /** The array of that name, which must be there. */
    default StoredArray array(String name) {
        StoredNode node = child(name);
        if (node instanceof StoredArray array) {
            return array;
        }
        String what = node == null ? "is missing" : "is a group, not an array";
        throw failure("is damaged or not what it is taken for: '" + name + "' in it " + what);
    }

    /** The group of that name, or null. */
    default StoredGroup group(String name) {
        return child(name) instanceof StoredGroup group ? group : null;
    }
}
