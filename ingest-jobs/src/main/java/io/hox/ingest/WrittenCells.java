package io.hox.ingest;

import java.io.Serializable;
import java.util.List;
import org.lance.FragmentMetadata;

/** Cell rows that wait for their commit. */
record WrittenCells(List<FragmentMetadata> fragments) implements Serializable {}
