//! Reads JSON-stat, versions 1 and 2, as cells: one column for each dimension, and one for the value.

use serde_json::{Map, Value};

use super::{Cells, MAX_CELLS, MAX_COLUMNS, TableError};

/// Reads the cells of a data set in one go. The first row has the names of the dimensions. A missing value is an empty
/// cell.
///
/// # Errors
/// The text is no data set, or too large.
pub fn read(text: &str) -> Result<Cells, TableError> {
    let mut reader = JsonStatReader::begin(text)?;
    while reader.read_some(usize::MAX) {}
    Ok(reader.finish())
}

/// A data set being laid out in rows, a few at a time.
#[derive(Debug)]
pub struct JsonStatReader {
    dimensions: Vec<Dimension>,
    values: Value,
    /// The number of rows, without the heading.
    row_count: usize,
    cells: Cells,
}

impl JsonStatReader {
    /// Opens a data set: reads everything but the rows.
    ///
    /// # Errors
    /// The text is no data set, or too large.
    pub fn begin(text: &str) -> Result<Self, TableError> {
        let mut root: Value = serde_json::from_str(text).map_err(|_| TableError::NotJson)?;
        // In version 2 the root is the data set. In version 1, and in bundles, the data set is a member.
        let has_values = |value: &Value| value["value"].is_array() || value["value"].is_object();
        let data_set = if has_values(&root) {
            &mut root
        } else {
            let members = root.as_object_mut().into_iter().flat_map(Map::values_mut);
            members.into_iter().find(|value| has_values(value)).ok_or(TableError::NotJsonStat)?
        };
        let values = data_set["value"].take();
        // Version 1 keeps ids and sizes among the dimensions.
        let dimension = data_set["dimension"].as_object().ok_or(TableError::NotJsonStat)?;
        let ids = data_set.get("id").or_else(|| dimension.get("id")).and_then(Value::as_array);
        let ids: Vec<&str> = ids.ok_or(TableError::NotJsonStat)?.iter().filter_map(Value::as_str).collect();
        if ids.len() >= MAX_COLUMNS {
            return Err(TableError::TooManyColumns);
        }
        let dimensions: Option<Vec<Dimension>> =
            ids.iter().map(|id| Dimension::read(id, dimension.get(*id)?)).collect();
        let dimensions = dimensions.ok_or(TableError::NoCategories)?;
        let row_count =
            dimensions.iter().try_fold(1usize, |count, dimension| count.checked_mul(dimension.labels.len()));
        let is_small = |count: &usize| count.saturating_mul(ids.len() + 1) <= MAX_CELLS;
        let row_count = row_count.filter(is_small).ok_or(TableError::TooManyCells)?;
        let names = dimensions.iter().map(|dimension| dimension.name.clone()).chain(["værdi".to_owned()]).collect();
        Ok(Self { dimensions, values, row_count, cells: vec![names] })
    }

    /// The number of rows laid out, and the number of all.
    pub const fn progress(&self) -> (usize, usize) {
        (self.cells.len() - 1, self.row_count)
    }

    /// Lays out the next `count` rows. Returns `false` when all are laid out.
    pub fn read_some(&mut self, count: usize) -> bool {
        let from = self.cells.len() - 1;
        for index in from..from.saturating_add(count).min(self.row_count) {
            let mut rest = index;
            // The last dimension varies fastest.
            let mut row: Vec<String> = self
                .dimensions
                .iter()
                .rev()
                .map(|dimension| {
                    let label = dimension.labels[rest % dimension.labels.len()].clone();
                    rest /= dimension.labels.len();
                    label
                })
                .collect();
            row.reverse();
            let value = match &self.values {
                Value::Array(values) => values.get(index),
                values => values.get(index.to_string()),
            };
            row.push(match value {
                Some(Value::Number(number)) => {
                    number.as_f64().map(crate::domain::number::format_danish).unwrap_or_default()
                }
                Some(Value::String(mark)) => mark.clone(),
                _ => String::new(),
            });
            self.cells.push(row);
        }
        self.cells.len() <= self.row_count
    }

    /// Returns the cells laid out.
    pub fn finish(self) -> Cells {
        self.cells
    }
}

/// A dimension: its name, and the labels of its categories in order.
#[derive(Debug)]
struct Dimension {
    name: String,
    labels: Vec<String>,
}

impl Dimension {
    /// Reads a dimension; `None` if it has no categories.
    fn read(id: &str, json: &Value) -> Option<Self> {
        let category = &json["category"];
        let keys: Vec<String> = match &category["index"] {
            Value::Array(keys) => keys.iter().filter_map(|key| key.as_str().map(str::to_owned)).collect(),
            Value::Object(indexes) => {
                let mut keys: Vec<(u64, &String)> =
                    indexes.iter().filter_map(|(key, index)| Some((index.as_u64()?, key))).collect();
                keys.sort();
                keys.into_iter().map(|(_, key)| key.clone()).collect()
            }
            // A single category needs no index.
            _ => category["label"].as_object()?.keys().take(1).cloned().collect(),
        };
        let label = |key: &String| category["label"][key.as_str()].as_str().unwrap_or(key).to_owned();
        let labels: Vec<String> = keys.iter().map(label).collect();
        (!labels.is_empty()).then(|| Self { name: json["label"].as_str().unwrap_or(id).to_owned(), labels })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_refuses_other_json_with_a_sentence() {
        for (text, sentence) in [
            ("{", "Filen er ikke JSON."),
            ("{}", "Filen er ikke JSON-stat: den har intet datasæt."),
            (r#"{"value":[1]}"#, "Filen er ikke JSON-stat: den har intet datasæt."),
            (
                r#"{"value":[1],"dimension":{},"id":["a"]}"#,
                "Filen er JSON-stat, men en dimension mangler sine kategorier.",
            ),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), sentence, "{text}");
        }
        let huge: Vec<String> = (0..2000).map(|key| format!("\"k{key}\"")).collect();
        let dimension = format!(r#"{{"category":{{"index":[{}]}}}}"#, huge.join(","));
        let text = format!(r#"{{"value":{{}},"id":["a","b"],"dimension":{{"a":{dimension},"b":{dimension}}}}}"#);
        assert_eq!(read(&text), Err(TableError::TooManyCells));
        let ids: Vec<String> = (0..MAX_COLUMNS).map(|id| format!("\"d{id}\"")).collect();
        let wide = format!(r#"{{"value":[1],"id":[{}],"dimension":{{}}}}"#, ids.join(","));
        assert_eq!(read(&wide), Err(TableError::TooManyColumns));
    }

    #[test]
    fn read_some_lays_out_at_most_the_given_count_of_rows() {
        let keys: Vec<String> = (0..300).map(|key| format!("\"k{key}\"")).collect();
        let dimension = format!(r#"{{"category":{{"index":[{}]}}}}"#, keys.join(","));
        let text = format!(r#"{{"value":{{"7":1.5}},"id":["a","b"],"dimension":{{"a":{dimension},"b":{dimension}}}}}"#);
        let mut reader = JsonStatReader::begin(&text).unwrap();
        let mut last = 0;
        while reader.read_some(100) {
            assert_eq!(reader.progress(), (last + 100, 90_000));
            last += 100;
        }
        let cells = reader.finish();
        assert_eq!((cells.len(), cells[8].as_slice()), (90_001, &["k0", "k7", "1,5"].map(str::to_owned)[..]));
        assert_eq!(Ok(cells), read(&text));
    }
}
