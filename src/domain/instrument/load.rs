//! From content to instruments. By hand, since derived code for the same weighs more in the page.

use serde::Deserialize;
use serde_json::Value;

use super::super::fundament::{self, Edition, Sort};
use super::super::id::Id;
use super::{Form, Instrument, InstrumentItem, Pole};

/// Reads the instruments; `None` where the content is not of their form, or names what the foundation does not have.
pub(super) fn load(text: &str) -> Option<Vec<Instrument>> {
    let all: Value = serde_json::from_str(text).ok()?;
    all.as_array()?.iter().map(instrument).collect()
}

fn instrument(value: &Value) -> Option<Instrument> {
    let edition = fundament::edition(value["edition"].as_str()?)?;
    let sorts: Option<Vec<Sort>> = value["sorts"].as_array()?.iter().map(|name| Sort::named(name.as_str()?)).collect();
    let items: Option<Vec<InstrumentItem>> = sorts?
        .into_iter()
        .flat_map(|sort| edition.of_sort(sort))
        .map(|item| {
            let id = Id::parse(&item.id)?;
            let poles: Vec<&fundament::FundamentItem> = item.parts_of(Sort::Pole).collect();
            let poles = if let [left, right] = *poles { Some([pole(left), pole(right)]) } else { None };
            let theme = theme(edition, &item.id).unwrap_or_default();
            let examples = examples(&value["examples"][&item.id]);
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
        prompts: texts(&value["prompts"]),
        talk: texts(&value["talk"]),
    })
}

fn pole(item: &fundament::FundamentItem) -> Pole {
    Pole { label: item.label.clone(), text: item.text.clone() }
}

/// The view that a statement is of.
fn theme(edition: &Edition, id: &str) -> Option<String> {
    let syn =
        edition.of_sort(Sort::Syn).find(|syn| syn.parts_of(Sort::Statement).any(|statement| statement.id == id))?;
    Some(syn.label.clone())
}

fn examples(value: &Value) -> Vec<(String, [String; 2])> {
    let of_kinds = value.as_object().into_iter().flatten();
    of_kinds.filter_map(|(kind, both)| Some((kind.clone(), texts(both).try_into().ok()?))).collect()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
