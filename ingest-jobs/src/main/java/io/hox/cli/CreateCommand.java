package io.hox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;
import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.ingest.LikeSchema;
import io.hox.source.SourceLocation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hox create}: a new, empty atlas. */
@Command(
        name = "create",
        description = "Make a new, empty atlas, with the columns of a file or of a description.",
        footer = {
            "",
            "A description is JSON. Feature spaces that are not built in are described in it too:",
            "  {\"obs\": {\"cells\": {\"pointers\": {\"rna\": \"gene_expression\"},",
            "                     \"columns\": {\"cell_type\": \"string\", \"age\": {\"type\": \"int64\", \"nullable\": false}}}},",
            "   \"registries\": {\"gene_expression\": {\"columns\": {\"gene_name\": \"string\"}}},",
            "   \"feature_spaces\": {\"lognorm_rna\": {\"kind\": \"dense\"}}}",
            "Types: string, int8, int16, int32, int64, double, float, bool, timestamp, date, binary, enum, list<T>, vector[N].",
            "",
            "Examples:",
            "  hox create my_atlas --like cells.h5ad",
            "  hox create my_atlas --like cells.h5ad --field rna=gene_expression",
            "  hox create my_atlas --like filtered_feature_bc_matrix.h5",
            "  hox create s3a://bucket/atlas --schema schema.json"
        })
final class CreateCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPACES = "feature_spaces";

    @Mixin
    private AtlasArgument atlas;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** Where the columns come from. */
    private static final class Source {
        @Option(
                names = "--like",
                required = true,
                paramLabel = "PATH",
                description =
                        "A file or directory that could be ingested: its obs columns become columns of the cell table,"
                                + " its var columns columns of the feature registry.")
        private String like;

        @Option(names = "--schema", required = true, paramLabel = "FILE", description = "A description in JSON.")
        private Path schema;
    }

    @Option(
            names = "--obs-table",
            paramLabel = "T",
            description = "Name of the cell table with --like; default: ${DEFAULT-VALUE}.",
            defaultValue = "cells")
    private String obsTable;

    @Option(
            names = "--field",
            paramLabel = "COLUMN[=SPACE]",
            description =
                    "A pointer column with --like and its feature space; repeatable. Default: one for each feature"
                            + " space that the file names, as those of 10x do, or gene_expression.")
    private List<String> fields = List.of();

    @Option(
            names = "--exact-types",
            description =
                    "With --like, obs columns get the very types of the file. By default whole numbers become int64"
                            + " and floats double, so that files of other types fit, too.")
    private boolean exactTypes;

    @Override
    public void run() {
        AtlasSchema schema;
        FeatureSpaces spaces = atlas.spaces();
        if (source.like != null) {
            schema = LikeSchema.of(
                    SourceLocation.of(source.like, AtlasFiles.options(source.like)), obsTable, pointers(), exactTypes);
        } else {
            ObjectNode description = read(source.schema);
            JsonNode described = description.remove(SPACES);
            if (described != null) {
                spaces = spaces.with(FeatureSpaces.fromJson(described.toString()));
            }
            schema = AtlasSchema.fromJson(description.toString());
        }
        AtlasUri uri = AtlasFiles.uri(atlas);
        AtlasWriter.create(uri, AtlasFiles.options(uri), schema, spaces).close();
        System.err.println(
                "hox: made the atlas " + atlas.path + "; fill it with: hox ingest " + atlas.path + " FILE...");
    }

    private Map<String, String> pointers() {
        Map<String, String> pointers = new LinkedHashMap<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            String column = equals < 0 ? field : field.substring(0, equals);
            pointers.put(column, equals < 0 ? field : field.substring(equals + 1));
        }
        return pointers;
    }

    private static ObjectNode read(Path file) {
        try {
            if (JSON.readTree(AtlasArgument.description(file)) instanceof ObjectNode object) {
                return object;
            }
            throw new HoxException(file + " is not a description of an atlas: it holds no JSON object");
        } catch (JsonProcessingException e) {
            throw new HoxException(
                    file + " is not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        }
    }
}
