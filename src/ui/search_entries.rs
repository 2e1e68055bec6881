//! Collects everything that the palette finds as search entries: pages, the records of this browser, the word list and
//! the foundation. Pure; compiled natively too.

use crate::domain::date::Date;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::{Enhed, EnhedKind};
use crate::domain::fundament::{self, FundamentItem, Sort};
use crate::domain::glossary::TERMS;
use crate::domain::id::Id;
use crate::domain::indicator;
use crate::domain::instrument::instruments;
use crate::domain::period::Period;
use crate::domain::reflection::Reflection;
use crate::domain::registry::Kind;
use crate::domain::search::{SearchEntry, SearchKind, SearchTarget};
use crate::domain::sorted::SortedMap;
use crate::record::Record;
use crate::record::leaf::Leaf;
use crate::record::life::Life;
use crate::record::path::Path;
use crate::ui::route::Route;

/// The pages without parameters: address, title, and other names of the page.
const PAGES: &[(&str, &str, &str)] = &[
    ("#/", "Overblik", "forside start hjem i dag venter mangler"),
    ("#/hjulet", "Kvalitetshjulet", "hjulet cyklus kvartal år kalender"),
    ("#/indikatorer", "Indikatorer", "tal data fravær trivsel kurver"),
    ("#/indikatorer/skema", "Skriv tal", "skema taste indtaste ark"),
    ("#/indikatorer/hent", "Hent fra regneark", "tal importere excel csv tabel ods"),
    ("#/indikatorer/enheder", "Enheder ved siden af hinanden", "sammenligne tal tabel matrix"),
    ("#/indikatorer/moenstre", "Mønstre i tallene", "foranalyse tendenser"),
    ("#/aftale", "Aftale", "sammenhængsaftale mål indsatser"),
    ("#/samtale", "Kvalitetssamtale", "samtale forberede dagsorden emner"),
    ("#/midtvejs", "Midtvejsstatus", "status halvvejs lederforum møde hjælp tilbud beslutninger"),
    ("#/rapport", "Kvalitetsrapport", "rapport kapitler historier"),
    ("#/datapakke", "Datapakke", "temaer mønstre sekretariatet"),
    ("#/datapakke/lav", "Lav datapakken", "temaer mønstre datoer sekretariatet"),
    ("#/feedback", "Tag stilling til mønstre og temaer", "feedback svar lederforum udvalg fællesmed prioritere"),
    ("#/praksis", "Praksis", "prøvehandlinger positive afvigelser prototyper prøve idéer"),
    ("#/praksis/bibliotek", "Bibliotek over praksis", "inspiration fra andre enheder i netværket"),
    ("#/praksis/katalog", "Katalog over jeres praksis", "udskrive praksis med enkle ord"),
    ("#/historier", "Historier", "gode positive fortællinger"),
    ("#/refleksion", "Refleksion", "redskaber reflektere"),
    ("#/redskab", "Lav jeres eget redskab", "refleksion udsagn skala"),
    ("#/pyramide", "Fra ord til handling", "konkretiseringspyramide idégenerator udsagn"),
    ("#/workshop", "Workshop", "facilitator deltagere"),
    ("#/fundament", "Fundament", "grundlag forskellige i fællesskab"),
    ("#/ny", "Ny i Børn & Unge", "introduktion ti minutter læs"),
    ("#/enheder", "Enheder", "skoler dagtilbud arkiv netværk niveau"),
    ("#/indstillinger", "Indstillinger", "hvem er du rolle navn farver"),
    ("#/enheder/mine", "Mine enheder", "enheder under mig status chef"),
    ("#/filer", "Filer", "dele sende gemme åbne sikkerhedskopi øjebliksbilleder plads nulstille slette alt"),
    ("#/valg", "Åbne valg", "konflikter forskelle flette"),
    ("#/historik", "Historik", "ændringer hvem hvornår"),
    ("#/papirkurv", "Papirkurv", "slettet hente tilbage"),
    ("#/ordliste", "Ordliste", "begreber forklaringer ord"),
];

/// The kinds of record that [`RecordEntries`] collects, in the order in which they must be added: a record comes after
/// the records that it belongs to.
pub const COLLECTED_KINDS: [Kind; 13] = [
    Kind::Enhed,
    Kind::Aftale,
    Kind::Indicator,
    Kind::Goal,
    Kind::Proevehandling,
    Kind::Deviation,
    Kind::Prototype,
    Kind::UnitStory,
    Kind::Comment,
    Kind::Dialogue,
    Kind::Reflection,
    Kind::Pyramid,
    Kind::Workshop,
];

/// Returns the entries that do not depend on records: pages, instruments, the word list, the foundation.
pub fn fixed_entries(has_unit: bool) -> Vec<SearchEntry> {
    let mut entries: Vec<SearchEntry> = PAGES
        .iter()
        .map(|&(address, title, aliases)| {
            let page = entry(SearchKind::Page, title, "", "", address.to_owned());
            SearchEntry { aliases: aliases.to_owned(), ..page }
        })
        .collect();
    let elements = fundament::present_at_hand().into_iter().flat_map(|edition| edition.of_sort(Sort::Element));
    entries.extend(elements.map(|element| {
        let address = Route::Element(element.id.clone()).to_string();
        entry(SearchKind::Page, &element.label, "Hjulet", &element.text, address)
    }));
    entries.extend(instruments().iter().map(|instrument| {
        let route = Route::Reflection { instrument: instrument.id.to_string(), id: None };
        entry(SearchKind::Page, &instrument.title, "Refleksion", &instrument.about, route.to_string())
    }));
    if has_unit {
        let groups = indicator::groups(fundament::present_at_hand(), &[]);
        entries.extend(groups.iter().flat_map(|group| &group.indicators).map(|indicator| {
            let address = Route::Indikator(indicator.id.clone()).to_string();
            SearchEntry { is_own: true, ..entry(SearchKind::Indicator, &indicator.name, "", &indicator.about, address) }
        }));
    }
    entries.extend(TERMS.iter().map(|term| {
        let address = Route::Ordliste(Some(term.id.to_owned())).to_string();
        entry(SearchKind::Term, term.word, "Ordlisten", term.meaning, address)
    }));
    for edition in fundament::editions() {
        // An item that several editions share is listed for the edition that it originates from.
        for section in edition.sections() {
            let items = section.all().filter(|item| item.from.is_none() && item.sort != Sort::Indicator);
            entries.extend(items.map(|item: &FundamentItem| {
                let address = Route::item(edition.id(), &item.id).to_string();
                let place = if section.id == item.id { edition.about().label.as_str() } else { section.label.as_str() };
                entry(SearchKind::Foundation, &item.label, place, &item.text, address)
            }));
        }
    }
    entries
}

fn entry(kind: SearchKind, title: &str, place: &str, details: &str, address: String) -> SearchEntry {
    SearchEntry {
        kind,
        title: title.to_owned(),
        aliases: String::new(),
        place: place.to_owned(),
        details: details.to_owned(),
        is_own: false,
        target: SearchTarget::Address(address),
    }
}

/// Collects the entries of records. The records must be added in the order of [`COLLECTED_KINDS`].
pub struct RecordEntries<'r> {
    representative_id: &'r dyn Fn(&Id) -> Id,
    own_unit: Option<Id>,
    /// The names of the units.
    units: SortedMap<Id, String>,
    /// The agreements and goals, and the place that is shown for what belongs to them.
    agreements: SortedMap<Id, AgreementPlace>,
    goals: SortedMap<Id, Id>,
    entries: Vec<SearchEntry>,
}

/// The place that is shown for the goals of an agreement.
#[derive(Clone)]
struct AgreementPlace {
    words: String,
    is_own: bool,
}

impl<'r> RecordEntries<'r> {
    /// Creates an empty collection. `representative_id` returns the representative id of a unit that exists under
    /// several ids. `own_unit` is the unit that the person works with.
    pub const fn new(representative_id: &'r dyn Fn(&Id) -> Id, own_unit: Option<Id>) -> Self {
        Self {
            representative_id,
            own_unit,
            units: SortedMap::new(),
            agreements: SortedMap::new(),
            goals: SortedMap::new(),
            entries: Vec::new(),
        }
    }

    /// Returns the entries.
    pub fn into_entries(self) -> Vec<SearchEntry> {
        self.entries
    }

    /// Adds the entries of a record. A record in the trash, or without any words, has none.
    pub fn add(&mut self, record: &Record) {
        if record.life(None) == Life::Deleted {
            return;
        }
        match record.kind() {
            Some(Kind::Enhed) => self.add_unit(record),
            Some(Kind::Aftale) => self.add_agreement(record),
            Some(Kind::Indicator) => self.add_indicator(record),
            Some(Kind::Goal) => self.add_goal(record),
            Some(Kind::Proevehandling) => self.add_practice(record, SearchKind::Trial, "idea"),
            Some(Kind::Deviation) => self.add_practice(record, SearchKind::Deviation, "practice"),
            Some(Kind::Prototype) => self.add_practice(record, SearchKind::Prototype, "need"),
            Some(Kind::UnitStory) if !self.is_withdrawn(record) => {
                let details = text(record, "text");
                self.push_of_unit(record, SearchKind::Story, record.title(), &details, |_| Route::Stories);
            }
            Some(Kind::Comment) => self.add_comment(record),
            Some(Kind::Dialogue) => self.add_dialogue(record),
            Some(Kind::Reflection) => self.add_reflection(record),
            Some(Kind::Pyramid) => {
                let details = text(record, "meaning");
                self.push_of_unit(record, SearchKind::Reflection, record.title(), &details, |id| {
                    Route::Pyramide(Some(id))
                });
            }
            Some(Kind::Workshop) => {
                self.push_of_unit(record, SearchKind::Reflection, record.title(), "Workshop", Route::Workshop);
            }
            _ => {}
        }
    }

    fn push(&mut self, kind: SearchKind, title: &str, place: &str, details: &str, is_own: bool, route: &Route) {
        if !title.trim().is_empty() {
            self.entries.push(SearchEntry { is_own, ..entry(kind, title, place, details, route.to_string()) });
        }
    }

    /// Adds a record whose parent is a unit.
    fn push_of_unit(
        &mut self,
        record: &Record,
        kind: SearchKind,
        title: &str,
        details: &str,
        route: impl FnOnce(Id) -> Route,
    ) {
        let unit = self.unit(record.parent());
        let (place, is_own) = (self.unit_name(unit.as_ref()), self.is_own(unit.as_ref()));
        self.push(kind, title, &place, details, is_own, &route(record.id().clone()));
    }

    /// Adds practice. `details` is the field with what people do, which also names practice without a title. Practice
    /// that another unit has withdrawn is left out.
    fn add_practice(&mut self, record: &Record, kind: SearchKind, details: &str) {
        if !self.is_withdrawn(record) {
            let details = text(record, details);
            let mut lines = record.title().lines().chain(details.lines());
            let title = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
            self.push_of_unit(record, kind, title, &details, Route::Practice);
        }
    }

    /// Whether a record is another unit's, and that unit no longer shares it.
    fn is_withdrawn(&self, record: &Record) -> bool {
        let shared = record.leaf(&Path::root("shared")).and_then(Leaf::shown);
        let unit = self.unit(record.parent());
        let is_of_others = unit.is_some() && !self.is_own(unit.as_ref());
        is_of_others && shared.is_some_and(|value| *value.json() == false)
    }

    fn unit(&self, id: Option<Id>) -> Option<Id> {
        id.map(|id| (self.representative_id)(&id))
    }

    fn unit_name(&self, unit: Option<&Id>) -> String {
        unit.and_then(|unit| self.units.get(unit)).cloned().unwrap_or_default()
    }

    fn is_own(&self, unit: Option<&Id>) -> bool {
        unit.is_some() && unit == self.own_unit.as_ref()
    }

    fn add_unit(&mut self, record: &Record) {
        let id = record.id();
        // Of merged units only the representative is shown.
        if (self.representative_id)(id) != *id {
            return;
        }
        let Ok(unit) = record.view::<Enhed>() else { return };
        let name = if unit.name.as_str().is_empty() { "Enhed uden navn" } else { unit.name.as_str() };
        let place = unit.kind.map_or("", EnhedKind::danish);
        let is_own = self.is_own(Some(id));
        self.push(SearchKind::Unit, name, place, unit.network.as_str(), is_own, &Route::Enhed(id.clone()));
        self.units.insert(id.clone(), name.to_owned());
    }

    fn add_agreement(&mut self, record: &Record) {
        let unit = self.unit(record.parent());
        let (place, is_own) = (self.unit_name(unit.as_ref()), self.is_own(unit.as_ref()));
        let title = if record.title().is_empty() { "Sammenhængsaftale" } else { record.title() };
        let route = Route::Aftale { id: Some(record.id().clone()), part: None };
        self.push(SearchKind::Agreement, title, &place, "", is_own, &route);
        let words = if place.is_empty() { title.to_owned() } else { format!("{place} · {title}") };
        self.agreements.insert(record.id().clone(), AgreementPlace { words, is_own });
    }

    /// Adds an own indicator. Its page is about the unit of the person, so indicators of other units are left out.
    fn add_indicator(&mut self, record: &Record) {
        let unit = self.unit(record.parent());
        if self.own_unit.is_some() && (unit.is_none() || unit == self.own_unit) {
            let details = text(record, "about");
            let route = Route::Indikator(record.id().to_string());
            let place = self.unit_name(unit.as_ref());
            self.push(SearchKind::Indicator, record.title(), &place, &details, true, &route);
        }
    }

    /// Adds a goal and its initiatives, whose page is that of the goal. Reads single leaves, since a municipality has
    /// thousands of goals.
    fn add_goal(&mut self, record: &Record) {
        let Some(agreement) = record.parent() else { return };
        let Some(AgreementPlace { words, is_own }) = self.agreements.get(&agreement).cloned() else { return };
        let route = Route::Aftale { id: Some(agreement.clone()), part: Some(record.id().to_string()) };
        self.push(SearchKind::Goal, record.title(), &words, "", is_own, &route);
        self.goals.insert(record.id().clone(), agreement);
        let all = Path::root("initiatives");
        for (path, _) in record.leaves().from_key(&all.child("")).take_while(|(path, _)| path.is_below(&all)) {
            let mut steps = path.steps().skip(1);
            let (Some(key), Some(field), None) = (steps.next(), steps.next(), steps.next()) else { continue };
            if field == "text" && record.life(Some(&all.child(&key))) != Life::Deleted {
                let title = record.shown_text(path).unwrap_or_default();
                self.push(SearchKind::Initiative, title, &words, "", is_own, &route);
            }
        }
    }

    fn add_comment(&mut self, record: &Record) {
        let Some(subject) = record.parent() else { return };
        let goal = self.goals.get(&subject).map(|agreement| (agreement.clone(), Some(subject.to_string())));
        let (agreement, part) = goal.unwrap_or((subject, None));
        let Some(AgreementPlace { words, is_own }) = self.agreements.get(&agreement).cloned() else { return };
        let route = Route::Aftale { id: Some(agreement), part };
        self.push(SearchKind::Note, record.title(), &words, &text(record, "author"), is_own, &route);
    }

    /// Adds the dialogue on a figure. The page of an indicator is about the unit of the person, so dialogues of other
    /// units are left out.
    fn add_dialogue(&mut self, record: &Record) {
        let Ok(dialogue) = record.view::<Dialogue>() else { return };
        let Some((unit, indicator)) = dialogue.about() else { return };
        if !self.is_own(Some(&(self.representative_id)(&unit))) {
            return;
        }
        let texts = [
            &dialogue.question,
            &dialogue.mechanism,
            &dialogue.initiative,
            &dialogue.assessment,
            &dialogue.children,
            &dialogue.parents,
            &dialogue.professionals,
        ];
        let name = fundament::indicator_name(indicator.as_str()).unwrap_or_default();
        let period = dialogue.period.map(Period::danish).unwrap_or_default();
        let place = format!("{name} {period}");
        let route = Route::Indikator(indicator.to_string());
        for text in texts {
            self.push(SearchKind::Note, text.as_str(), place.trim(), "dialog om tallet", true, &route);
        }
    }

    fn add_reflection(&mut self, record: &Record) {
        let Ok(reflection) = record.view::<Reflection>() else { return };
        let (Some(instrument), Some(used)) = (&reflection.instrument, reflection.of()) else { return };
        let title = if record.title().trim().is_empty() { used.title.as_str() } else { record.title() };
        let place = reflection.date.map(Date::danish).unwrap_or_default();
        let details = format!("{} {} {}", used.title, reflection.reply.as_str(), reflection.try_next.as_str());
        let route = Route::Reflection { instrument: instrument.to_string(), id: Some(record.id().clone()) };
        self.push(SearchKind::Reflection, title, &place, &details, true, &route);
    }
}

/// Returns the text of a field of a record.
fn text(record: &Record, field: &str) -> String {
    record.shown_text(&Path::root(field)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Timestamp;
    use crate::domain::prototype::Prototype;
    use crate::record::dot::Actor;
    use crate::record::edit::Author;

    #[test]
    fn every_fixed_entry_leads_to_a_page() {
        for entry in fixed_entries(true) {
            let SearchTarget::Address(address) = &entry.target else { panic!("{} is a command", entry.title) };
            assert!(!matches!(Route::parse(address), Route::Unknown(_)), "{}: {address}", entry.title);
            assert!(!entry.title.is_empty(), "{address}");
        }
    }

    #[test]
    fn practice_that_another_unit_has_withdrawn_is_not_found() {
        let at = Timestamp::parse("2026-03-15T09:42:00Z").unwrap();
        let author = Author { actor: Actor::from_random([1; 10]), at, by: None };
        for (unit, shared, is_found) in [
            (Some("egen"), Some(false), true),
            (None, Some(false), true),
            (Some("anden"), Some(true), true),
            (Some("anden"), None, true),
            (Some("anden"), Some(false), false),
        ] {
            let unit = unit.and_then(Id::parse);
            let body = Prototype { title: "Tavlen".into(), unit: unit.clone(), shared, ..Prototype::default() };
            let mut entries = RecordEntries::new(&Id::clone, Id::parse("egen"));
            entries.add(&Record::create(Id::parse("prototypen").unwrap(), &body, &author).unwrap());
            assert_eq!(entries.into_entries().len(), usize::from(is_found), "{unit:?} {shared:?}");
        }
    }

    #[test]
    fn practice_without_a_title_is_found_by_what_people_do() {
        let at = Timestamp::parse("2026-03-15T09:42:00Z").unwrap();
        let author = Author { actor: Actor::from_random([1; 10]), at, by: None };
        for (title, need, found) in [
            ("Tavlen", "Uro ved frokost", Some("Tavlen")),
            ("", "Uro ved frokost\nog i garderoben", Some("Uro ved frokost")),
            ("", "", None),
        ] {
            let body = Prototype { title: title.into(), need: need.into(), ..Prototype::default() };
            let mut entries = RecordEntries::new(&Id::clone, None);
            entries.add(&Record::create(Id::parse("prototypen").unwrap(), &body, &author).unwrap());
            assert_eq!(entries.into_entries().first().map(|entry| entry.title.as_str()), found);
        }
    }

    #[test]
    fn pages_of_the_word_list_exist() {
        for term in TERMS {
            assert!(!matches!(Route::parse(term.address), Route::Unknown(_)), "{}: {}", term.word, term.address);
        }
    }
}
