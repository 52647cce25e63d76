package io.hox.export;

/**
 * The vector of one cell as a typed Dataset delivers it: primitive arrays, no boxes. Layers that fit a double exactly
 * come as doubles, 64-bit integers as longs.
 */
public final class CellVector {
    private String uid;
    private int[] indices;
    private double[][] doubles;
    private long[][] longs;

    public String getUid() {
        return uid;
    }

    public void setUid(String uid) {
        this.uid = uid;
    }

    /** Ascending global feature indices. */
    public int[] getIndices() {
        return indices;
    }

    public void setIndices(int[] indices) {
        this.indices = indices;
    }

    /** Per layer that fits a double, one value per index; null where the cell's dataset lacks the layer. */
    public double[][] getDoubles() {
        return doubles;
    }

    public void setDoubles(double[][] doubles) {
        this.doubles = doubles;
    }

    /** Per 64-bit layer, one value per index; null where the cell's dataset lacks the layer. */
    public long[][] getLongs() {
        return longs;
    }

    public void setLongs(long[][] longs) {
        this.longs = longs;
    }
}
