//! The context of every page: the records, the person, and the current day.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::StorageEvent;

use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::enhed::{Enhed, Level};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::person::{Colours, Person};
use crate::domain::progress::WheelProgress;
use crate::domain::publish::Published;
use crate::domain::registry::Kind;
use crate::domain::registry::RegisteredBody;
use crate::domain::sorted::SortedMap;
use crate::domain::wheel::{self, WheelStatus};
use crate::domain::wheel_dates::WheelDate;
use crate::record::Record;
use crate::record::leaf::Leaf;
use crate::record::life::Life;
use crate::record::path::Path;
use crate::store::preferences::Preferences;
use crate::store::report::report;

use crate::ui::platform;
use crate::ui::platform::page::DanishOrder;
use crate::ui::route;
use crate::ui::state::queries;
use crate::ui::state::workspace::{self, Workspace};

/// A file that was opened: its name and its bytes.
pub(crate) type NamedFile = (String, Arc<[u8]>);

/// The context of every page. A handle that is copied freely; its state lives as long as the page is open.
#[derive(Clone, Copy)]
pub(crate) struct AppContext {
    /// The records.
    pub(crate) workspace: Workspace,
    /// The person who uses this browser.
    pub(crate) person: RwSignal<Person>,
    /// The day the app works with: the real one, or the day that the address requests.
    pub(crate) today: RwSignal<Date>,
    /// Whether figures are shown as they may be published.
    pub(crate) is_public: RwSignal<bool>,
    /// The day that the address requests, or why that day is invalid. `None` where the address requests none.
    pub(crate) requested_day: RwSignal<Option<Result<Date, String>>>,
    scope: Memo<PersonScope>,
    untracked: StoredValue<UntrackedState, LocalStorage>,
}

/// A dialog that is open above the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenDialog {
    /// The palette, which finds pages, records, words and commands.
    Palette,
    /// The help on the page, with the keys.
    Help,
}

/// State that lives as long as the page, behind one handle.
struct UntrackedState {
    preferences: Preferences,
    opened_tables: ArcRwSignal<Vec<NamedFile>>,
    published: PublishedFigures,
    /// The owner of the app, which is never disposed of.
    owner: Option<Owner>,
    /// The dialog that is open above the page. The field is here, so that `AppContext` stays small.
    dialog: RwSignal<Option<OpenDialog>>,
    wheel_dates: RwSignal<Vec<WheelDate>>,
}

/// Memos of which figures may be published, by indicator.
type PublishedFigures = SortedMap<String, ArcMemo<Arc<Published>>>;

/// The unit and the level that pages are about. Changes seldom, so a page that depends on this value is not rebuilt
/// while the user types in the unit or in their own name.
#[derive(Clone, Debug, Default, PartialEq)]
struct PersonScope {
    unit: Option<Id>,
    level: Option<Level>,
}

impl AppContext {
    /// Creates the context. The person is read from localStorage at once; the records arrive as the stores answer.
    pub(crate) fn new(workspace: Workspace) -> Self {
        let preferences = Preferences::open("preferences");
        let person = preferences.read().and_then(|text| parse_person(&text, &preferences)).unwrap_or_default();
        let person = RwSignal::new(person);
        let app = Self {
            workspace,
            person,
            scope: Memo::new(move |_| PersonScope::of(workspace, person)),
            today: RwSignal::new(platform::clock::today()),
            is_public: RwSignal::new(false),
            untracked: StoredValue::new_local(UntrackedState {
                preferences,
                opened_tables: ArcRwSignal::new(Vec::new()),
                dialog: RwSignal::new(None),
                wheel_dates: RwSignal::new(Vec::new()),
                published: PublishedFigures::default(),
                owner: Owner::current(),
            }),
            requested_day: RwSignal::new(None),
        };
        Effect::new(move |_| {
            app.person.with(|person| workspace.set_author_name(&person.name));
            if workspace.is_emptied() {
                app.save_person();
            }
        });
        app.update_today(&platform::navigation::fragment());
        Effect::new(move |_| {
            platform::page::set_colours(app.person.with(|person| {
                person.colours.map(|colours| match colours {
                    Colours::Light => "light",
                    Colours::Dark => "dark",
                })
            }));
        });
        app
    }

    /// Sets the current day from the address, or from the clock. A requested day stays in effect until the user goes
    /// back to today.
    pub(crate) fn update_today(self, fragment: &str) {
        if let Some(requested) = route::day(fragment) {
            self.requested_day.set(Some(requested));
        }
        let requested = self
            .requested_day
            .with_untracked(|requested| requested.as_ref().and_then(|requested| requested.as_ref().ok().copied()));
        let today = requested.unwrap_or_else(platform::clock::today);
        if self.today.get_untracked() != today {
            self.today.set(today);
        }
    }

    /// Returns which figures of an indicator may be published, tracked. The result is computed over all units, once for
    /// all callers.
    pub(crate) fn published(self, indicator: &str) -> Arc<Published> {
        let existing = self.untracked.with_value(|untracked| untracked.published.get(indicator).cloned());
        let memo = existing.unwrap_or_else(|| {
            let indicator_id = indicator.to_owned();
            // The memo must outlive the page that asks first.
            let memo = self.owner().with(|| ArcMemo::new(move |_| queries::figures::publish(self, &indicator_id)));
            self.untracked
                .update_value(|untracked| drop(untracked.published.insert(indicator.to_owned(), memo.clone())));
            memo
        });
        memo.get()
    }

    /// Returns the owner of signals that outlive the page which makes them.
    pub(crate) fn owner(self) -> Owner {
        self.untracked.with_value(|untracked| untracked.owner.clone()).unwrap_or_default()
    }

    /// Returns the dates of the unit that the wheel shows as dots. Empty until a page has collected them.
    pub(crate) fn wheel_dates(self) -> RwSignal<Vec<WheelDate>> {
        self.untracked.with_value(|untracked| untracked.wheel_dates)
    }

    /// Returns the dialog that is open above the page.
    pub(crate) fn dialog(self) -> RwSignal<Option<OpenDialog>> {
        self.untracked.with_value(|untracked| untracked.dialog)
    }

    /// Goes back to the real day.
    pub(crate) fn back_to_today(self) {
        self.requested_day.set(None);
        platform::navigation::remove_query();
        self.today.set(platform::clock::today());
    }

    /// Returns the files with tables that wait for the page that imports them.
    pub(crate) fn opened_tables(self) -> ArcRwSignal<Vec<NamedFile>> {
        self.untracked.with_value(|untracked| untracked.opened_tables.clone())
    }

    /// Changes and saves the data of the person.
    pub(crate) fn change_person(self, change: impl FnOnce(&mut Person)) {
        self.person.update(change);
        self.save_person();
    }

    /// Saves the data of the person, unless this page may not write.
    fn save_person(self) {
        // A page that was started read-only, or has been closed for writing, saves no preferences either.
        if matches!(self.workspace.storage_status.get_untracked(), Some(workspace::StorageStatus::Closed(_))) {
            return;
        }
        match self.person.with_untracked(serde_json::to_string) {
            Ok(text) => self.untracked.with_value(|untracked| untracked.preferences.write(&text)),
            Err(error) => report("writing the preferences", &error),
        }
    }

    /// Takes over the data of the person that another tab has saved.
    pub(crate) fn on_storage_event(self, event: &StorageEvent) {
        let changed_text = self.untracked.with_value(|untracked| untracked.preferences.value_in_event(event));
        let person = changed_text
            .and_then(|text| self.untracked.with_value(|untracked| parse_person(&text, &untracked.preferences)));
        if let Some(person) = person {
            self.person.set(person);
        }
    }

    /// Returns the names and ids of the units in use, in the order of the Danish alphabet. Of merged units only the
    /// representative is listed; archived ones are left out.
    pub(crate) fn units(self) -> Vec<(String, Id)> {
        units(self.workspace, false)
    }

    /// Returns the names and ids of all units as [`units`](Self::units) does, with the archived ones.
    pub(crate) fn units_and_archived(self) -> Vec<(String, Id)> {
        units(self.workspace, true)
    }

    /// Returns the unit that pages are about: the chosen one, or the only one.
    pub(crate) fn unit(self) -> Option<Id> {
        self.scope.with(|scope| scope.unit.clone())
    }

    /// Returns the current body of a record; the default where the record does not exist or is in the trash.
    pub(crate) fn body<B: RegisteredBody>(self, id: Option<&Id>) -> B {
        body(self.workspace, id)
    }

    /// Returns the level of leader that pages speak to.
    pub(crate) fn level(self) -> Option<Level> {
        self.scope.with(|scope| scope.level)
    }

    /// Returns the cycle of the current day.
    pub(crate) fn cycle(self) -> Cycle {
        Cycle::of(self.today.get())
    }

    /// Returns the id of the progress record of the current unit and cycle.
    pub(crate) fn progress_id(self) -> Option<Id> {
        WheelProgress::id(&self.unit()?, self.cycle())
    }

    /// Returns the progress of the current unit in the current cycle.
    pub(crate) fn progress(self) -> WheelProgress {
        self.body(self.progress_id().as_ref())
    }

    /// Returns the status of the wheel today, for the person and their unit.
    pub(crate) fn wheel_status(self) -> Option<WheelStatus<'static>> {
        let progress = self.progress();
        Some(wheel::status(fundament::present_at_hand()?, self.today.get(), self.level(), |element| {
            progress.is_done(element)
        }))
    }
}

impl PersonScope {
    fn of(workspace: Workspace, person: RwSignal<Person>) -> Self {
        let chosen = person.with(|person| person.unit.as_ref().map(|unit| workspace.representative_id(unit)));
        let chosen = chosen.filter(|id| workspace.read(id, |unit| is_listed(unit, false)) == Some(true));
        let unit = chosen.or_else(|| match &*units(workspace, false) {
            [(_, only)] => Some(only.clone()),
            _ => None,
        });
        let unit_level = body::<Enhed>(workspace, unit.as_ref()).level;
        Self { level: person.with(|person| person.role).and_then(|role| role.level(unit_level)), unit }
    }
}

/// Parses the data of the person. An unreadable text is kept under another key and reported.
fn parse_person(text: &str, preferences: &Preferences) -> Option<Person> {
    match serde_json::from_str(text) {
        Ok(person) => Some(person),
        Err(error) => {
            preferences.keep_unreadable(text);
            report("reading the preferences", &error);
            None
        }
    }
}

fn body<B: RegisteredBody>(workspace: Workspace, id: Option<&Id>) -> B {
    let view = |record: &Record| (record.life(None) != Life::Deleted).then(|| record.view::<B>().ok()).flatten();
    id.and_then(|id| workspace.read(id, view)).flatten().unwrap_or_default()
}

/// Returns whether a unit is listed: not in the trash, and in use unless `with_archived`.
fn is_listed(unit: &Record, with_archived: bool) -> bool {
    let is_archived =
        || unit.leaf(&Path::root("archived")).and_then(Leaf::shown).is_some_and(|leaf| *leaf.json() == true);
    unit.life(None) != Life::Deleted && (with_archived || !is_archived())
}

fn units(workspace: Workspace, with_archived: bool) -> Vec<(String, Id)> {
    let collator = DanishOrder::new();
    let mut units: Vec<(String, Id)> = Vec::new();
    for id in workspace.ids(Kind::Enhed).into_iter().filter(|id| workspace.representative_id(id) == *id) {
        let title = |unit: &Record| {
            let title = if unit.title().is_empty() { "Enhed uden navn" } else { unit.title() };
            is_listed(unit, with_archived).then(|| title.to_owned())
        };
        if let Some(title) = workspace.read(&id, title).flatten() {
            let index = units.partition_point(|(other, _)| !collator.is_before(&title, other));
            units.insert(index, (title, id));
        }
    }
    units
}
