//! Generates the JSON Schema of the file format from the types, so that other programs can read and write files.
//! Natively only; the page offers the generated file.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use crate::domain::body::{Field, Shape};
use crate::domain::registry::Kind;

use super::format::{FORMAT, VERSION};
use super::scope::Scope;

/// Generates the JSON Schema of the files of this version.
pub fn schema() -> Value {
    let mut generator = SchemaGenerator::default();
    let scope = generator.subschema_for::<Scope>();
    let kinds: Vec<Value> = Kind::ALL.iter().map(|&kind| kind_schema(kind, &mut generator)).collect();
    let definitions = generator.take_definitions(true);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kvalitetshjul",
        "description": "A file of Kvalitetshjul: an envelope and records. A record's leaves have JSON Pointers as names. \
            Leaves and kinds that are not described here may occur, and are to be carried along untouched.",
        "type": "object",
        "required": ["format", "version", "records"],
        "properties": {
            "format": { "const": FORMAT },
            "version": { "const": VERSION },
            "app": { "type": "string" },
            "exported": { "type": "string", "format": "date-time" },
            "scope": scope,
            "delete_by": {
                "type": "string",
                "format": "date",
                "description": "The day by which the sender asks for the file to be deleted."
            },
            "records": { "type": "array", "items": { "$ref": "#/$defs/record" } },
            "checksum": {
                "type": "string",
                "pattern": "^crc32:[0-9a-f]{8}$",
                "description": "CRC-32 of all that stands before it but white space outside texts."
            }
        },
        "$defs": with_shared_definitions(definitions, &kinds)
    })
}

/// Adds the definitions that are not generated: record, write, actor, count and path.
fn with_shared_definitions(mut definitions: Map<String, Value>, kinds: &[Value]) -> Value {
    definitions.insert(
        "record".into(),
        json!({
            "type": "object",
            "required": ["kind", "id", "leaves", "seen", "writes"],
            "additionalProperties": false,
            "properties": {
                "kind": { "type": "string", "pattern": "^[a-z_]{1,40}$" },
                "id": { "type": "string", "pattern": "^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$" },
                "leaves": { "type": "object", "propertyNames": { "$ref": "#/$defs/path" } },
                "seen": {
                    "description": "Per actor the highest count seen.",
                    "type": "object",
                    "propertyNames": { "$ref": "#/$defs/actor" },
                    "additionalProperties": { "$ref": "#/$defs/count" }
                },
                "writes": { "type": "array", "items": { "$ref": "#/$defs/write" } }
            },
            "allOf": kinds
        }),
    );
    definitions.insert("write".into(), json!({
        "description": "One transaction: of which leaves it holds the value given in `leaves`, which values stand beside \
            those, and what is withheld or forgotten.",
        "type": "object",
        "required": ["actor", "n", "at"],
        "additionalProperties": false,
        "properties": {
            "actor": { "$ref": "#/$defs/actor" },
            "n": { "$ref": "#/$defs/count" },
            "at": { "type": "string", "format": "date-time" },
            "by": { "type": "string" },
            "rest": { "type": "boolean", "description": "Whether it holds every leaf that no write lists." },
            "leaves": { "$ref": "#/$defs/paths" },
            "beside": { "type": "object", "propertyNames": { "$ref": "#/$defs/path" } },
            "withheld": { "$ref": "#/$defs/paths" },
            "forgotten": { "$ref": "#/$defs/paths" }
        }
    }));
    definitions.insert("actor".into(), json!({ "type": "string", "pattern": "^[0-9abcdefghjkmnpqrstvwxyz]{16}$" }));
    definitions
        .insert("count".into(), json!({ "type": "integer", "minimum": 1, "maximum": 9_007_199_254_740_991_u64 }));
    definitions.insert("path".into(), json!({ "type": "string", "pattern": "^(/([^~/]|~[01])*)+$", "maxLength": 500 }));
    definitions.insert("paths".into(), json!({ "type": "array", "items": { "$ref": "#/$defs/path" } }));
    Value::Object(definitions)
}

/// The schema for the leaves of a record, applied if the record is of this kind.
fn kind_schema(kind: Kind, generator: &mut SchemaGenerator) -> Value {
    let body = kind.schema(generator).to_value();
    let mut exact = Map::new();
    let mut keyed = Map::new();
    for field in kind.fields() {
        insert_field(&mut exact, &mut keyed, field, &body, generator);
    }
    json!({
        "if": { "properties": { "kind": { "const": kind.name() } } },
        "then": { "properties": { "leaves": { "properties": exact, "patternProperties": keyed } } }
    })
}

/// Adds the schema of a field: to `exact` by the path of its leaf, or to `keyed` by a pattern for paths with keys.
fn insert_field(
    exact: &mut Map<String, Value>,
    keyed: &mut Map<String, Value>,
    field: &Field,
    body: &Value,
    generator: &SchemaGenerator,
) {
    let property = body["properties"][field.name].clone();
    let values = &property["additionalProperties"];
    match field.shape {
        Shape::Leaf => {
            exact.insert(format!("/{}", field.name), property);
        }
        Shape::Leaves => {
            let or_empty = json!({ "anyOf": [values, { "type": "null" }] });
            keyed.insert(format!("^/{}/[^/]+$", field.name), or_empty);
        }
        Shape::Entries(fields) => {
            let entry = values["$ref"].as_str().and_then(|name| name.rsplit('/').next());
            let entry = entry.and_then(|name| generator.definitions().get(name));
            for inner in fields {
                let schema = entry.map(|entry| entry["properties"][inner.name].clone()).unwrap_or_default();
                keyed.insert(format!("^/{}/[^/]+/{}$", field.name, inner.name), schema);
            }
        }
    }
}
