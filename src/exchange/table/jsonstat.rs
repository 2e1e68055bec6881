//! JSON-stat, versions 1 and 2, as cells: a column a dimension, and one for the value.

use serde_json::{Map, Value};

use super::{Cells, MAX_CELLS, MAX_COLUMNS, TableError};

/// The cells of a data set; the first row names the dimensions. A value that is not there is an empty cell.
///
/// # Errors
/// It is no data set, or has more in it than is read.
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
    /// How many rows there are, without the first.
    count: usize,
    cells: Cells,
}

impl JsonStatReader {
    /// Opens a data set: everything but its rows.
    ///
    /// # Errors
    /// It is no data set, or has more in it than is read.
    pub fn begin(text: &str) -> Result<Self, TableError> {
        let mut root: Value = serde_json::from_str(text).map_err(|_| TableError::NotJson)?;
        // Version 2 is the data set itself; in version 1, and in bundles, it lies under a name.
        let has_values = |value: &Value| value["value"].is_array() || value["value"].is_object();
        let set = if has_values(&root) {
            &mut root
        } else {
            let all = root.as_object_mut().into_iter().flat_map(Map::values_mut);
            all.into_iter().find(|value| has_values(value)).ok_or(TableError::NotJsonStat)?
        };
        let values = set["value"].take();
        // Version 1 keeps ids and sizes among the dimensions.
        let dimension = set["dimension"].as_object().ok_or(TableError::NotJsonStat)?;
        let ids = set.get("id").or_else(|| dimension.get("id")).and_then(Value::as_array);
        let ids: Vec<&str> = ids.ok_or(TableError::NotJsonStat)?.iter().filter_map(Value::as_str).collect();
        if ids.len() >= MAX_COLUMNS {
            return Err(TableError::TooManyColumns);
        }
        let dimensions: Option<Vec<Dimension>> =
            ids.iter().map(|id| Dimension::read(id, dimension.get(*id)?)).collect();
        let dimensions = dimensions.ok_or(TableError::NoCategories)?;
        let count = dimensions.iter().try_fold(1usize, |count, own| count.checked_mul(own.labels.len()));
        let is_small = |count: &usize| count.saturating_mul(ids.len() + 1) <= MAX_CELLS;
        let count = count.filter(is_small).ok_or(TableError::TooManyCells)?;
        let names = dimensions.iter().map(|dimension| dimension.name.clone()).chain(["værdi".to_owned()]).collect();
        Ok(Self { dimensions, values, count, cells: vec![names] })
    }

    /// How many rows have been laid out, and how many there are.
    pub const fn progress(&self) -> (usize, usize) {
        (self.cells.len() - 1, self.count)
    }

    /// Lays out some more rows; `false` when there are no more.
    pub fn read_some(&mut self, count: usize) -> bool {
        let from = self.cells.len() - 1;
        for index in from..from.saturating_add(count).min(self.count) {
            let mut rest = index;
            // The last dimension turns fastest.
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
                Some(Value::Number(number)) => number.as_f64().map(crate::domain::number::danish).unwrap_or_default(),
                Some(Value::String(mark)) => mark.clone(),
                _ => String::new(),
            });
            self.cells.push(row);
        }
        self.cells.len() <= self.count
    }

    /// The cells that were laid out.
    pub fn finish(self) -> Cells {
        self.cells
    }
}

/// A dimension: its name, and its categories in their order.
#[derive(Debug)]
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
            assert_eq!(read(text).unwrap_err().to_string(), words, "{text}");
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
    fn trust_tables_of_json_are_laid_out_a_part_at_a_time() {
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
