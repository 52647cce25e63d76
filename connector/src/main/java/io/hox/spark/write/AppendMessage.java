package io.hox.spark.write;

import java.util.List;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.lance.FragmentMetadata;

/** What a task wrote: complete arrays and fragments that nobody sees yet. */
record AppendMessage(List<WrittenDataset> datasets, List<FragmentMetadata> fragments) implements WriterCommitMessage {}
