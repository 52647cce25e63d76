package io.hox.stored.hdf5;

import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.List;

/** A group of an HDF5 file. Links to other files are not followed. */
final class Hdf5Group extends Hdf5Node implements StoredGroup {
    private final Group group;

    Hdf5Group(Hdf5 file, Group group) {
        super(file, group);
        this.group = group;
    }

    @Override
    public List<String> names() {
        return List.copyOf(file.guarded(path(), group::getChildren).keySet());
    }

    @Override
    public StoredNode child(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? name : name.substring(0, slash);
        Node node = file.guarded(path() + name, () -> group.getChild(first));
        if (node == null) {
            return null;
        }
        if (node.isLink()) {
            // A link may lead into any other file.
            throw file.failure(node.getPath(), "is a link, which anndata does not write and which is not followed");
        }
        StoredNode child = of(file, node);
        if (slash < 0) {
            return child;
        }
        return child instanceof StoredGroup below ? below.child(name.substring(slash + 1)) : null;
    }
}
