//! JSON-stat, versions 1 and 2, as cells: a column a dimension, and one for the value.

use serde_json::{Map, Value};

use super::{Cells, MAX_CELLS};

/// The cells of a data set; the first row names the dimensions. A value that is not there is an empty cell.
///
/// # Errors
/// A Danish sentence on what is wrong.
pub fn read(text: &str) -> Result<Cells, String> {
    const NONE: &str = "Filen er ikke JSON-stat: den har intet datasæt.";
    let root: Value = serde_json::from_str(text).map_err(|_| "Filen er ikke JSON.".to_owned())?;
    // Version 2 is the data set itself; in version 1, and in bundles, it lies under a name.
    let has_values = |value: &&Value| value["value"].is_array() || value["value"].is_object();
    let set = std::iter::once(&root).chain(root.as_object().into_iter().flat_map(Map::values)).find(has_values);
    let set = set.ok_or(NONE)?;
    // Version 1 keeps ids and sizes among the dimensions.
    let dimension = set["dimension"].as_object().ok_or(NONE)?;
    let of_either = |name: &str| set.get(name).or_else(|| dimension.get(name)).and_then(Value::as_array);
    let ids: Vec<&str> = of_either("id").ok_or(NONE)?.iter().filter_map(Value::as_str).collect();
    let dimensions: Option<Vec<Dimension>> = ids.iter().map(|id| Dimension::read(id, dimension.get(*id)?)).collect();
    let dimensions = dimensions.ok_or("Filen er JSON-stat, men en dimension mangler sine kategorier.")?;
    let sizes: Vec<usize> = dimensions.iter().map(|dimension| dimension.labels.len()).collect();
    let count = sizes.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
    let is_small = |count: &usize| count.saturating_mul(ids.len() + 1) <= MAX_CELLS;
    let count = count.filter(is_small).ok_or("Tabellen er for stor. Hent et mindre udsnit.")?;

    let mut cells: Cells = Vec::with_capacity(count + 1);
    cells.push(dimensions.iter().map(|dimension| dimension.name.clone()).chain(["værdi".to_owned()]).collect());
    for index in 0..count {
        let mut rest = index;
        // The last dimension turns fastest.
        let mut row: Vec<String> = dimensions
            .iter()
            .rev()
            .map(|dimension| {
                let label = dimension.labels[rest % dimension.labels.len()].clone();
                rest /= dimension.labels.len();
                label
            })
            .collect();
        row.reverse();
        let value = match &set["value"] {
            Value::Array(values) => values.get(index),
            values => values.get(index.to_string()),
        };
        row.push(match value {
            Some(Value::Number(number)) => number.as_f64().map(crate::domain::number::danish).unwrap_or_default(),
            Some(Value::String(mark)) => mark.clone(),
            _ => String::new(),
        });
        cells.push(row);
    }
    Ok(cells)
}

/// A dimension: its name, and its categories in their order.
struct Dimension {
    name: String,
    labels: Vec<String>,
}

impl Dimension {
    fn read(id: &str, about: &Value) -> Option<Self> {
        let category = &about["category"];
        let keys: Vec<String> = match &category["index"] {
            Value::Array(keys) => keys.iter().filter_map(|key| key.as_str().map(str::to_owned)).collect(),
            Value::Object(places) => {
                let mut keys: Vec<(u64, &String)> =
                    places.iter().filter_map(|(key, place)| Some((place.as_u64()?, key))).collect();
                keys.sort();
                keys.into_iter().map(|(_, key)| key.clone()).collect()
            }
            // One category needs no place.
            _ => category["label"].as_object()?.keys().take(1).cloned().collect(),
        };
        let label = |key: &String| category["label"][key.as_str()].as_str().unwrap_or(key).to_owned();
        let labels: Vec<String> = keys.iter().map(label).collect();
        (!labels.is_empty()).then(|| Self { name: about["label"].as_str().unwrap_or(id).to_owned(), labels })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_tables_of_other_json_are_refused_with_a_sentence() {
        for (text, words) in [
            ("{", "Filen er ikke JSON."),
            ("{}", "Filen er ikke JSON-stat: den har intet datasæt."),
            (r#"{"value":[1]}"#, "Filen er ikke JSON-stat: den har intet datasæt."),
            (
                r#"{"value":[1],"dimension":{},"id":["a"]}"#,
                "Filen er JSON-stat, men en dimension mangler sine kategorier.",
            ),
        ] {
            assert_eq!(read(text), Err(words.to_owned()), "{text}");
        }
        let huge: Vec<String> = (0..2000).map(|key| format!("\"k{key}\"")).collect();
        let dimension = format!(r#"{{"category":{{"index":[{}]}}}}"#, huge.join(","));
        let text = format!(r#"{{"value":{{}},"id":["a","b"],"dimension":{{"a":{dimension},"b":{dimension}}}}}"#);
        assert_eq!(read(&text), Err("Tabellen er for stor. Hent et mindre udsnit.".to_owned()));
    }
}
