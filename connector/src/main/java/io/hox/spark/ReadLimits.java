package io.hox.spark;

import java.io.Serializable;

/**
 * How a read is cut, from the options; none of it changes the result.
 *
 * @param batchRows rows of a columnar batch at most
 * @param batchBytes decoded bytes of a columnar batch, about
 * @param splitBytes decoded bytes of a split, about
 */
record ReadLimits(int batchRows, long batchBytes, long splitBytes) implements Serializable {

    static ReadLimits of(OptionValues options) {
        return new ReadLimits(
                options.rows(HoxOptions.BATCH_ROWS),
                options.bytes(HoxOptions.BATCH_BYTES),
                options.bytes(HoxOptions.SPLIT_BYTES));
    }
}
