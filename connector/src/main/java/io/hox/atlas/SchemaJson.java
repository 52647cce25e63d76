package io.hox.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON form of an {@link AtlasSchema}.
 *
 * <pre>{@code
 * {
 *   "obs": {
 *     "cells": {
 *       "pointers": {"rna": "gene_expression"},
 *       "columns": {"cell_type": "string", "batch": {"type": "string", "nullable": false}}
 *     }
 *   },
 *   "datasets": {"columns": {"title": "string"}},
 *   "registries": {
 *     "gene_expression": {"table": "genes", "columns": {"gene_name": "string"}, "stable_uid": "gene_name"}
 *   }
 * }
 * }</pre>
 *
 * {@code datasets}, {@code table}, {@code columns} and {@code stable_uid} may be left out; columns are nullable unless
 * they say otherwise. Types are those of {@link ColumnSpec}.
 */
final class SchemaJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaJson() {}

    static AtlasSchema read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new HoxException(
                    "the atlas schema is not JSON (line " + e.getLocation().getLineNr() + "): "
                            + e.getOriginalMessage(),
                    e);
        }
        requireObject(root, "the atlas schema");
        allowOnly(root, "the atlas schema", "obs", "datasets", "registries");
        List<AtlasSchema.ObsTable> obs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> table : members(root, "obs", "the atlas schema")) {
            String where = "obs table '" + table.getKey() + "'";
            requireObject(table.getValue(), where);
            allowOnly(table.getValue(), where, "pointers", "columns");
            Map<String, String> pointers = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> pointer : members(table.getValue(), "pointers", where)) {
                pointers.put(pointer.getKey(), text(pointer.getValue(), "pointer '" + pointer.getKey() + "'"));
            }
            obs.add(new AtlasSchema.ObsTable(table.getKey(), pointers, columns(table.getValue(), where)));
        }
        JsonNode datasets = root.path("datasets");
        List<AtlasSchema.RegistryTable> registries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : members(root, "registries", "the atlas schema")) {
            String where = "registry of '" + entry.getKey() + "'";
            JsonNode node = entry.getValue();
            requireObject(node, where);
            allowOnly(node, where, "table", "columns", "stable_uid");
            registries.add(new AtlasSchema.RegistryTable(
                    entry.getKey(),
                    node.has("table") ? text(node.get("table"), where) : null,
                    columns(node, where),
                    node.has("stable_uid") ? text(node.get("stable_uid"), where) : null));
        }
        return new AtlasSchema(obs, datasets.isMissingNode() ? List.of() : columns(datasets, "datasets"), registries);
    }

    static String print(AtlasSchema schema) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode obs = root.putObject("obs");
        for (AtlasSchema.ObsTable table : schema.obsTables()) {
            ObjectNode node = obs.putObject(table.name());
            ObjectNode pointers = node.putObject("pointers");
            table.pointers().forEach(pointers::put);
            print(table.columns(), node);
        }
        print(schema.datasetColumns(), root.putObject("datasets"));
        ObjectNode registries = root.putObject("registries");
        for (AtlasSchema.RegistryTable registry : schema.registries()) {
            ObjectNode node = registries.putObject(registry.featureSpace());
            node.put("table", registry.table());
            print(registry.columns(), node);
            if (registry.stableUid() != null) {
                node.put("stable_uid", registry.stableUid());
            }
        }
        return root.toPrettyString();
    }

    private static void print(List<ColumnSpec> columns, ObjectNode parent) {
        ObjectNode node = parent.putObject("columns");
        for (ColumnSpec column : columns) {
            if (column.nullable()) {
                node.put(column.name(), column.type());
            } else {
                node.putObject(column.name()).put("type", column.type()).put("nullable", false);
            }
        }
    }

    private static List<ColumnSpec> columns(JsonNode parent, String where) {
        List<ColumnSpec> columns = new ArrayList<>();
        for (Map.Entry<String, JsonNode> column : members(parent, "columns", where)) {
            JsonNode value = column.getValue();
            String place = "column '" + column.getKey() + "' of " + where;
            if (value.isTextual()) {
                columns.add(ColumnSpec.nullable(column.getKey(), value.textValue()));
                continue;
            }
            requireObject(value, place);
            allowOnly(value, place, "type", "nullable");
            boolean nullable = value.path("nullable").asBoolean(true);
            columns.add(new ColumnSpec(column.getKey(), text(value.path("type"), place), nullable));
        }
        return columns;
    }

    private static List<Map.Entry<String, JsonNode>> members(JsonNode parent, String name, String where) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
        JsonNode node = parent.get(name);
        if (node != null) {
            requireObject(node, name + " of " + where);
            for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
                members.add(it.next());
            }
        }
        return members;
    }

    private static void requireObject(JsonNode node, String where) {
        if (node == null || !node.isObject()) {
            throw new HoxException(where + " must be a JSON object, but it is " + node);
        }
    }

    private static void allowOnly(JsonNode node, String where, String... names) {
        List<String> allowed = List.of(names);
        for (Iterator<String> it = node.fieldNames(); it.hasNext(); ) {
            String name = it.next();
            if (!allowed.contains(name)) {
                throw new HoxException(where + " has the unknown member '" + name + "'; it may have " + allowed);
            }
        }
    }

    private static String text(JsonNode node, String where) {
        if (!node.isTextual()) {
            throw new HoxException(where + " must be a text, but it is " + node);
        }
        return node.textValue();
    }
}
