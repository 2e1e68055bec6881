//! What every page works with: the records, the person, the day.

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
use crate::domain::workshop::Run;
use crate::record::Record;
use crate::record::life::Life;
use crate::store::preferences::Preferences;
use crate::store::report::report;

use crate::ui::platform;
use crate::ui::platform::page::DanishOrder;
use crate::ui::route;
use crate::ui::state::queries;
use crate::ui::state::workspace::{self, Workspace};

/// What every page works with. A handle, as the workspace is: what it stands for lives as long as the page is open.
#[derive(Clone, Copy)]
pub(crate) struct AppContext {
    /// The records.
    pub(crate) workspace: Workspace,
    /// Who uses this browser.
    pub(crate) person: RwSignal<Person>,
    /// The day it is, or is taken to be.
    pub(crate) today: RwSignal<Date>,
    /// Whether figures are shown as they may be published.
    pub(crate) is_public: RwSignal<bool>,
    /// The day that an address asked for, or what was wrong with it.
    pub(crate) asked_day: RwSignal<Option<Result<Date, String>>>,
    /// The workshop that is being run here: its codes are in memory alone, and outlive the page that shows them.
    pub(crate) run: RwSignal<Option<Run>>,
    place: Memo<PersonScope>,
    kept: StoredValue<Kept, LocalStorage>,
}

/// What is kept as long as the page is open, and never followed itself.
struct Kept {
    preferences: Preferences,
    published: PublishedFigures,
}

/// What may be published, by indicator.
#[derive(Default)]
struct PublishedFigures {
    owner: Option<Owner>,
    memos: SortedMap<String, ArcMemo<Arc<Published>>>,
}

/// Where the person stands: what of the person and their unit decides what a page is about. It changes seldom, so a page
/// that goes by it is not built anew at every word that is typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct PersonScope {
    unit: Option<Id>,
    level: Option<Level>,
}

impl AppContext {
    /// Lays the desk: the person is at hand at once, the records come as the stores answer.
    pub(crate) fn new(workspace: Workspace) -> Self {
        let preferences = Preferences::open("preferences");
        let person = preferences.read().and_then(|text| read_person(&text, &preferences)).unwrap_or_default();
        let person = RwSignal::new(person);
        let desk = Self {
            workspace,
            person,
            run: RwSignal::new(None),
            place: Memo::new(move |_| PersonScope::of(workspace, person)),
            today: RwSignal::new(platform::clock::today()),
            is_public: RwSignal::new(false),
            kept: StoredValue::new_local(Kept {
                preferences,
                published: PublishedFigures { owner: Owner::current(), ..PublishedFigures::default() },
            }),
            asked_day: RwSignal::new(None),
        };
        Effect::new(move |_| {
            desk.person.with(|person| workspace.set_author_name(&person.name));
            if workspace.is_emptied() {
                desk.keep_person();
            }
        });
        desk.update_today(&platform::navigation::fragment());
        Effect::new(move |_| {
            platform::page::set_colours(desk.person.with(|person| {
                person.colours.map(|colours| match colours {
                    Colours::Light => "light",
                    Colours::Dark => "dark",
                })
            }));
        });
        desk
    }

    /// Takes the day from an address that asks for one, else from the clock. A day once asked for holds until the user
    /// goes back to today.
    pub(crate) fn update_today(self, fragment: &str) {
        if let Some(asked) = route::day(fragment) {
            self.asked_day.set(Some(asked));
        }
        let asked =
            self.asked_day.with_untracked(|asked| asked.as_ref().and_then(|asked| asked.as_ref().ok().copied()));
        let today = asked.unwrap_or_else(platform::clock::today);
        if self.today.get_untracked() != today {
            self.today.set(today);
        }
    }

    /// Which figures of an indicator may be published, followed. It is worked out over all units, once for all who ask.
    pub(crate) fn published(self, indicator: &str) -> Arc<Published> {
        let found = self.kept.with_value(|kept| kept.published.memos.get(indicator).cloned());
        let memo = found.unwrap_or_else(|| {
            let own = indicator.to_owned();
            // It outlives the page that asks first.
            let owner = self.kept.with_value(|kept| kept.published.owner.clone()).unwrap_or_default();
            let memo = owner.with(|| ArcMemo::new(move |_| queries::figures::publish(self, &own)));
            self.kept.update_value(|kept| drop(kept.published.memos.insert(indicator.to_owned(), memo.clone())));
            memo
        });
        memo.get()
    }

    /// Goes back to the day it is.
    pub(crate) fn back_to_today(self) {
        self.asked_day.set(None);
        platform::navigation::forget_question();
        self.today.set(platform::clock::today());
    }

    /// Changes what is known of the person.
    pub(crate) fn change_person(self, change: impl FnOnce(&mut Person)) {
        self.person.update(change);
        self.keep_person();
    }

    fn keep_person(self) {
        // A page that was started without saving, or may not write any more, writes no preferences either.
        if matches!(self.workspace.standing.get_untracked(), Some(workspace::StorageStatus::Closed(_))) {
            return;
        }
        match self.person.with_untracked(serde_json::to_string) {
            Ok(text) => self.kept.with_value(|kept| kept.preferences.write(&text)),
            Err(error) => report("writing the preferences", &error),
        }
    }

    /// What another tab has written of the person.
    pub(crate) fn on_storage_event(self, event: &StorageEvent) {
        let heard = self.kept.with_value(|kept| kept.preferences.heard(event));
        let person = heard.and_then(|text| self.kept.with_value(|kept| read_person(&text, &kept.preferences)));
        if let Some(person) = person {
            self.person.set(person);
        }
    }

    /// The units of this browser by name, one of those that are the same, in the order of the Danish alphabet.
    pub(crate) fn units(self) -> Vec<(String, Id)> {
        units(self.workspace)
    }

    /// The unit that is looked at: the one chosen, or the only one.
    pub(crate) fn unit(self) -> Option<Id> {
        self.place.with(|place| place.unit.clone())
    }

    /// A record's body as it is now, if it is there and does not lie in the trash.
    pub(crate) fn body<B: RegisteredBody>(self, id: Option<&Id>) -> B {
        body(self.workspace, id)
    }

    /// The level of leader that the page speaks to.
    pub(crate) fn level(self) -> Option<Level> {
        self.place.with(|place| place.level)
    }

    /// The cycle of today.
    pub(crate) fn cycle(self) -> Cycle {
        Cycle::of(self.today.get())
    }

    /// The id of the progress of the unit that is looked at.
    pub(crate) fn progress_id(self) -> Option<Id> {
        WheelProgress::id(&self.unit()?, self.cycle())
    }

    /// The progress of the unit that is looked at through the cycle of today.
    pub(crate) fn progress(self) -> WheelProgress {
        self.body(self.progress_id().as_ref())
    }

    /// Where the wheel stands today for the person and their unit.
    pub(crate) fn standing(self) -> Option<WheelStatus<'static>> {
        let progress = self.progress();
        Some(wheel::status(fundament::at_hand()?, self.today.get(), self.level(), |element| progress.is_done(element)))
    }
}

impl PersonScope {
    fn of(workspace: Workspace, person: RwSignal<Person>) -> Self {
        let chosen = person.with(|person| person.unit.as_ref().map(|unit| workspace.standing_id(unit)));
        let chosen = chosen.filter(|id| workspace.living(id).is_some());
        let unit = chosen.or_else(|| match &*units(workspace) {
            [(_, only)] => Some(only.clone()),
            _ => None,
        });
        let of_unit = body::<Enhed>(workspace, unit.as_ref()).level;
        Self { level: person.with(|person| person.role).and_then(|role| role.level(of_unit)), unit }
    }
}

/// Reads what is known of the person. A text that cannot be read is kept beside its place, and reported.
fn read_person(text: &str, preferences: &Preferences) -> Option<Person> {
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

fn units(workspace: Workspace) -> Vec<(String, Id)> {
    let collator = DanishOrder::new();
    let mut units: Vec<(String, Id)> = Vec::new();
    let standing = workspace.ids(Kind::Enhed).into_iter().filter(|id| workspace.standing_id(id) == *id);
    for unit in standing.filter_map(|id| workspace.living(&id)) {
        let title = if unit.title().is_empty() { "Enhed uden navn" } else { unit.title() };
        let place = units.partition_point(|(other, _)| !collator.is_before(title, other));
        units.insert(place, (title.to_owned(), unit.id().clone()));
    }
    units
}
