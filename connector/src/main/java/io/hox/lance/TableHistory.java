package io.hox.lance;

import io.hox.HoxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lance.Dataset;
import org.lance.Tag;
import org.lance.Version;
import org.lance.cleanup.CleanupPolicy;

/**
 * The versions of a table and the tags that keep them. Part of a {@link LanceTable}, open as long as that is. Every
 * method throws {@link HoxException} when the storage fails.
 */
public final class TableHistory {
    private static final int ATTEMPTS = 100;

    private final OpenTable table;

    TableHistory(OpenTable table) {
        this.table = table;
    }

    /** Versions that still exist, ascending. */
    public List<Long> versions() {
        return table.call(null, () -> table.dataset().listVersions().stream()
                .map(Version::getId)
                .sorted()
                .toList());
    }

    /** All tags and the versions they name, by name. */
    public Map<String, Long> tags() {
        return whileTagsVanish(() -> {
            Map<String, Long> tags = new TreeMap<>();
            for (Tag tag : table.dataset().tags().list()) {
                tags.put(tag.getName(), tag.getVersion());
            }
            return tags;
        });
    }

    /**
     * Names a version, which clean-up then keeps; moves the tag when it exists.
     *
     * @throws HoxException when the version does not exist
     */
    public void tag(String tag, long version) {
        table.repeat(() -> {
            if (!tags().containsKey(tag)) {
                try {
                    table.dataset().tags().create(tag, version);
                    return null;
                } catch (Exception e) { // the native library throws checked exceptions undeclared
                    // Another writer may have made it meanwhile.
                    if (!tags().containsKey(tag)) {
                        throw e;
                    }
                }
            }
            table.dataset().tags().update(tag, version);
            return null;
        });
    }

    /** Removes a tag; nothing happens when there is none. */
    public void untag(String tag) {
        table.repeat(() -> {
            try {
                table.dataset().tags().delete(tag);
            } catch (Exception e) { // the native library throws checked exceptions undeclared
                // Another writer may have removed it.
                if (tags().containsKey(tag)) {
                    throw e;
                }
            }
            return null;
        });
    }

    /**
     * Makes a new version that equals an old one, and moves the table's handle to it.
     *
     * @throws HoxException when the version does not exist
     */
    public void restore(long version) {
        table.call(null, () -> {
            Dataset old = table.dataset().checkoutVersion(version);
            old.restore();
            table.moveTo(old);
            return null;
        });
        table.refresh();
    }

    /** Deletes versions older than this that carry no tag, with the files that only they need. */
    public void removeOlderThan(Duration age) {
        whileTagsVanish(() -> table.dataset()
                .cleanupWithPolicy(CleanupPolicy.builder()
                        .withBeforeTimestampMillis(System.currentTimeMillis() - age.toMillis())
                        .withErrorIfTaggedOldVersions(false)
                        .build()));
    }

    /** Lance lists tags and then reads each one: it fails where another writer removes one in between. */
    private <T> T whileTagsVanish(OpenTable.NativeCall<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return table.call(null, call);
            } catch (HoxException e) {
                if (attempt == ATTEMPTS || !LanceErrors.isMissingTag(e)) {
                    throw e;
                }
            }
        }
    }
}
