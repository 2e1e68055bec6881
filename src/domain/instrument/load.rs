//! Reads instruments from content. Written by hand, since derived deserialisers would enlarge the download.

use serde::Deserialize;
use serde_json::Value;

use super::{Form, Instrument, InstrumentItem, Pole};
use crate::domain::fundament::{self, Edition, Sort};
use crate::domain::id::Id;

/// Reads the instruments; `None` if the content has another form or refers to items that the foundation lacks.
pub(super) fn load(text: &str) -> Option<Vec<Instrument>> {
    let root: Value = serde_json::from_str(text).ok()?;
    root.as_array()?.iter().map(read_instrument).collect()
}

fn read_instrument(value: &Value) -> Option<Instrument> {
    let edition = fundament::edition(value["edition"].as_str()?)?;
    let sorts: Option<Vec<Sort>> = value["sorts"].as_array()?.iter().map(|name| Sort::named(name.as_str()?)).collect();
    let items: Option<Vec<InstrumentItem>> = sorts?
        .into_iter()
        .flat_map(|sort| edition.of_sort(sort))
        .map(|item| {
            let id = Id::parse(&item.id)?;
            let poles: Vec<&fundament::FundamentItem> = item.parts_of(Sort::Pole).collect();
            let poles = if let [left, right] = *poles { Some([to_pole(left), to_pole(right)]) } else { None };
            let theme = theme_of(edition, &item.id).unwrap_or_default();
            let examples = read_examples(&value["examples"][&item.id]);
            Some(InstrumentItem { id, label: item.label.clone(), text: item.text.clone(), theme, poles, examples })
        })
        .collect();
    Some(Instrument {
        id: Id::parse(value["id"].as_str()?)?,
        title: value["title"].as_str()?.to_owned(),
        about: value["about"].as_str()?.to_owned(),
        minutes: value["minutes"].as_u64()?.try_into().ok()?,
        form: Form::deserialize(&value["form"]).ok()?,
        items: items?,
        prompts: read_texts(&value["prompts"]),
        talk: read_texts(&value["talk"]),
    })
}

fn to_pole(item: &fundament::FundamentItem) -> Pole {
    Pole { label: item.label.clone(), text: item.text.clone() }
}

/// Returns the label of the view (*syn*) that a statement belongs to.
fn theme_of(edition: &Edition, id: &str) -> Option<String> {
    let syn =
        edition.of_sort(Sort::Syn).find(|syn| syn.parts_of(Sort::Statement).any(|statement| statement.id == id))?;
    Some(syn.label.clone())
}

fn read_examples(value: &Value) -> Vec<(String, [String; 2])> {
    let by_kind = value.as_object().into_iter().flatten();
    by_kind.filter_map(|(kind, pair)| Some((kind.clone(), read_texts(pair).try_into().ok()?))).collect()
}

fn read_texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
