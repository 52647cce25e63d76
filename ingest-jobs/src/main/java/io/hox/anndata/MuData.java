package io.hox.anndata;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A MuData in any container: several modalities of the same cells, each an AnnData. A cell's annotations are those of
 * the whole, and those of the modalities under {@code modality:column} where the whole has none of that name.
 */
final class MuData implements Source {
    private final StoredFile file;
    private final StoredGroup root;
    private final DataFrame cells;
    private final List<MuModality> modalities = new ArrayList<>();
    private DataFrame obs;

    private MuData(StoredFile file) {
        this.file = file;
        this.root = file.root();
        StoredGroup mod = root.group("mod");
        if (mod == null || mod.names().isEmpty()) {
            throw new HoxException(root.file() + " has no modalities in 'mod'. Give a file that mudata wrote.");
        }
        if (root.number("axis") == 1) {
            throw failure("its modalities share features, not cells (axis 1), and so are several datasets. Write each"
                    + " as a file of its own, for example mdata.mod[KEY].write_h5ad(FILE)");
        }
        this.cells = DataFrameReader.read(root, "obs");
        String[] listed = mod.texts("mod-order");
        for (String key : listed == null ? mod.names() : Arrays.asList(listed)) {
            modalities.add(modality(mod, key));
        }
    }

    /** Reads the structure of an open file, no values. It is closed with what this gives, and when this fails. */
    static MuData of(StoredFile file) {
        try {
            return new MuData(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private MuModality modality(StoredGroup mod, String key) {
        StoredGroup group = mod.group(key);
        if (group == null) {
            throw failure("modality '" + key + "' is listed but not there. The file is damaged");
        }
        AnnData data = AnnData.within(group);
        StoredGroup maps = root.group("obsmap");
        if (maps == null || !(maps.child(key) instanceof StoredArray map)) {
            return new MuModality(key, data, CellMap.byName(cells, data, key));
        }
        if (map.wholeLength() != cells.rows()) {
            throw map.failure(
                    "has " + map.length() + " values but there are " + cells.rows() + " cells. The file is damaged");
        }
        return new MuModality(key, data, CellMap.of(map, data.obs().rows()));
    }

    private HoxException failure(String what) {
        return new HoxException(root.file() + ": " + what + ".");
    }

    @Override
    public String name() {
        return root.file();
    }

    @Override
    public DataFrame obs() {
        if (obs == null) {
            List<Column> columns = new ArrayList<>(cells.columns());
            for (MuModality modality : modalities) {
                for (Column column : modality.data().obs().columns()) {
                    String name = modality.key() + ":" + column.name();
                    if (cells.column(name) == null) {
                        columns.add(ModalityColumn.of(column, modality, name, cells.rows()));
                    }
                }
            }
            obs = cells.with(columns);
        }
        return obs;
    }

    @Override
    public List<Modality> modalities() {
        return List.copyOf(modalities);
    }

    @Override
    public void close() {
        file.close();
    }
}
