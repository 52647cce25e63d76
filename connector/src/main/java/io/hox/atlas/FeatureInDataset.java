package io.hox.atlas;

/**
 * A feature that a dataset measured.
 *
 * @param featureUid the feature
 * @param dataset the dataset whose layout has it
 */
public record FeatureInDataset(String featureUid, DatasetRow dataset) {}
