package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceSql;
import java.util.List;
import org.lance.FragmentMetadata;

/** The cells of datasets in all obs tables of an atlas; {@link AtlasWriter} tells what the methods do. */
final class DatasetCells {
    private final LatestTables tables;
    private final FeatureSpaces spaces;

    DatasetCells(LatestTables tables, FeatureSpaces spaces) {
        this.tables = tables;
        this.spaces = spaces;
    }

    List<PointerColumn> pointers(String obsTable) {
        return tables.obs(obsTable, t -> PointerColumns.of(t.schema(), Generation.G2, spaces, t.uri()));
    }

    /** Whether any of these datasets has a cell. */
    boolean present(List<String> datasetUids) {
        return presentBut("", datasetUids);
    }

    private boolean presentBut(String except, List<String> datasetUids) {
        for (String obs : tables.roles().obsTables()) {
            if (!obs.equals(except) && tables.obs(obs, table -> CellCommit.hasCells(table, datasetUids))) {
                return true;
            }
        }
        return false;
    }

    boolean add(String obsTable, List<FragmentMetadata> fragments, List<String> datasetUids, boolean uidsAreGenerated) {
        return !presentBut(obsTable, datasetUids)
                && tables.obs(obsTable, table -> new CellCommit(table, datasetUids, fragments, uidsAreGenerated).add());
    }

    boolean replace(String obsTable, List<FragmentMetadata> fragments, String datasetUid, boolean uidsAreGenerated) {
        return tables.obs(
                obsTable, table -> new CellCommit(table, List.of(datasetUid), fragments, uidsAreGenerated).replace());
    }

    long remove(String datasetUid) {
        long removed = 0;
        for (String obs : tables.roles().obsTables()) {
            removed += tables.obs(obs, table -> CellCommit.remove(table, List.of(datasetUid)));
        }
        return removed;
    }

    /** @throws HoxException when a cell points to the group */
    void refuseUse(String zarrGroup) {
        String obs = userOf(zarrGroup);
        if (obs != null) {
            throw new HoxException("cells of the obs table '" + obs + "' point to the group '" + zarrGroup
                    + "', so its dataset row must stay; remove the dataset first");
        }
    }

    /** An obs table with a cell that points to the group; null when there is none. */
    String userOf(String zarrGroup) {
        for (String obs : tables.roles().obsTables()) {
            for (PointerColumn pointer : pointers(obs)) {
                String filter =
                        LanceSql.column(pointer.name(), PointerColumn.GROUP) + " = " + LanceSql.literal(zarrGroup);
                if (tables.obs(obs, table -> table.hasRows(filter, null))) {
                    return obs;
                }
            }
        }
        return null;
    }
}
