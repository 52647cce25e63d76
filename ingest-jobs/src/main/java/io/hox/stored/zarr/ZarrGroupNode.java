package io.hox.stored.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;
import java.util.List;

/** A group of a Zarr store. */
final class ZarrGroupNode extends ZarrNode implements StoredGroup {
    ZarrGroupNode(ZarrFile file, String path, JsonNode attributes) {
        super(file, path, attributes);
    }

    @Override
    public List<String> names() {
        return file.documents().names(path);
    }

    @Override
    public StoredNode child(String name) {
        return name.isEmpty() ? null : file.node(path.isEmpty() ? name : path + "/" + name);
    }
}
