package io.hox.atlas;

import io.hox.HoxException;

/**
 * Checks of group paths. What a table says about where the numbers lie is input like any other: a path that leads out
 * of the store is refused before anything is opened.
 */
public final class ZarrGroups {
    private static final int MAX_LENGTH = 1024;

    private ZarrGroups() {}

    /**
     * Returns the path unchanged when it stays inside the store: relative, of plain segments separated by single slashes.
     *
     * @param zarrGroup the path as a table holds it
     * @param table the table it was read from, for the message
     * @throws HoxException when the path is missing, absolute, or could leave the store
     */
    public static String check(String zarrGroup, String table) {
        String problem = problem(zarrGroup);
        if (problem != null) {
            throw new HoxException("table " + table + " points to the Zarr group " + quoted(zarrGroup) + ", which "
                    + problem + ". A group is a relative path inside the atlas's store, such as 'lung/gene_expression'."
                    + " Correct or delete the rows of " + table + " with this zarr_group; do not read atlases from"
                    + " sources you do not trust");
        }
        return zarrGroup;
    }

    /** What is wrong with the path; null when nothing is. */
    static String problem(String zarrGroup) {
        if (zarrGroup == null || zarrGroup.isEmpty()) {
            return "is empty";
        }
        if (zarrGroup.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (zarrGroup.charAt(0) == '/') {
            return "is absolute";
        }
        for (int i = 0; i < zarrGroup.length(); i++) {
            char c = zarrGroup.charAt(i);
            if (c < ' ' || c == 0x7F || c == '\\') {
                return "holds a control character or backslash at position " + i;
            }
        }
        int start = 0;
        while (start <= zarrGroup.length()) {
            int slash = zarrGroup.indexOf('/', start);
            int end = slash < 0 ? zarrGroup.length() : slash;
            String segment = zarrGroup.substring(start, end);
            if (segment.isEmpty()) {
                return "has an empty segment";
            }
            if (segment.equals(".") || segment.equals("..")) {
                return "leaves the store or its own place in it (segment '" + segment + "')";
            }
            start = end + 1;
        }
        return null;
    }

    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder out = new StringBuilder("'");
        int shown = Math.min(text.length(), 120);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            // A message must stay one line, whatever the table holds.
            if (c < ' ' || c == 0x7F) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(shown < text.length() ? "...'" : "'").toString();
    }
}
