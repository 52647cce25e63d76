package io.hox.interop;

import java.util.List;

/**
 * Cells of one pointer column as a matrix.
 *
 * @param where condition in words that both Spark SQL and DataFusion understand, or null
 * @param join {@code union}, {@code intersection} or null
 * @param layers empty for the default
 * @param features uids to pin, empty for all
 * @param training whether batches for training are compared, too
 * @param csc whether the question is asked again after homeobox made feature-oriented copies
 */
record Question(
        long version,
        String table,
        String field,
        String space,
        String where,
        String join,
        List<String> layers,
        List<String> features,
        boolean training,
        boolean csc) {

    static Question of(long version, String table, String field, String space) {
        return new Question(version, table, field, space, null, null, List.of(), List.of(), false, false);
    }

    Question where(String condition) {
        return new Question(version, table, field, space, condition, join, layers, features, training, csc);
    }

    Question intersection() {
        return new Question(version, table, field, space, where, "intersection", layers, features, training, csc);
    }

    Question layers(String... names) {
        return new Question(version, table, field, space, where, join, List.of(names), features, training, csc);
    }

    Question features(List<String> uids) {
        return new Question(version, table, field, space, where, join, layers, uids, training, csc);
    }

    Question inTraining() {
        return new Question(version, table, field, space, where, join, layers, features, true, csc);
    }

    Question featureOriented() {
        return new Question(version, table, field, space, where, join, layers, features, training, true);
    }
}
