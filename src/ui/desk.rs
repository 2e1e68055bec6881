//! What every page works with: the records, the person, the day.

use leptos::prelude::*;
use web_sys::StorageEvent;

use crate::domain::body::Body;
use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::enhed::{Enhed, Level};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::person::{Colours, Person};
use crate::domain::progress::Progress;
use crate::domain::wheel::{self, Standing};
use crate::domain::workshop::Run;
use crate::record::Record;
use crate::record::life::Life;
use crate::store::preferences::Preferences;

use super::device::{self, DanishOrder};
use super::route;
use super::workspace::{self, Workspace};

/// What every page works with. A handle, as the workspace is: what it stands for lives as long as the page is open.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The records.
    pub(super) workspace: Workspace,
    /// Who uses this browser.
    pub(super) person: RwSignal<Person>,
    /// The day it is, or is taken to be.
    pub(super) today: RwSignal<Date>,
    /// Whether figures are shown as they may be published.
    pub(super) is_public: RwSignal<bool>,
    /// The day that an address asked for, or what was wrong with it.
    pub(super) asked_day: RwSignal<Option<Result<Date, String>>>,
    /// The workshop that is being run here: its codes are in memory alone, and outlive the page that shows them.
    pub(super) run: RwSignal<Option<Run>>,
    place: Memo<Place>,
    preferences: StoredValue<Preferences, LocalStorage>,
}

/// Where the person stands: what of the person and their unit decides what a page is about. It changes seldom, so a page
/// that goes by it is not built anew at every word that is typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Place {
    unit: Option<Id>,
    level: Option<Level>,
}

impl Desk {
    /// Lays the desk: the person is at hand at once, the records come as the stores answer.
    pub(super) fn lay(workspace: Workspace) -> Self {
        let preferences = Preferences::open("preferences");
        let person = preferences.read().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let person = RwSignal::new(person);
        let desk = Self {
            workspace,
            person,
            run: RwSignal::new(None),
            place: Memo::new(move |_| Place::of(workspace, person)),
            today: RwSignal::new(device::today()),
            is_public: RwSignal::new(false),
            asked_day: RwSignal::new(None),
            preferences: StoredValue::new_local(preferences),
        };
        Effect::new(move |_| {
            desk.person.with(|person| workspace.sign(&person.name));
            if workspace.is_emptied.get() {
                desk.keep_person();
            }
        });
        desk.look_at_the_clock(&device::fragment());
        Effect::new(move |_| {
            device::set_colours(desk.person.with(|person| {
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
    pub(super) fn look_at_the_clock(self, fragment: &str) {
        if let Some(asked) = route::day(fragment) {
            self.asked_day.set(Some(asked));
        }
        let asked =
            self.asked_day.with_untracked(|asked| asked.as_ref().and_then(|asked| asked.as_ref().ok().copied()));
        let today = asked.unwrap_or_else(device::today);
        if self.today.get_untracked() != today {
            self.today.set(today);
        }
    }

    /// Goes back to the day it is.
    pub(super) fn back_to_today(self) {
        self.asked_day.set(None);
        device::forget_question();
        self.today.set(device::today());
    }

    /// Changes what is known of the person.
    pub(super) fn change_person(self, change: impl FnOnce(&mut Person)) {
        self.person.update(change);
        self.keep_person();
    }

    fn keep_person(self) {
        // A page that was started without saving, or may not write any more, writes no preferences either.
        if matches!(self.workspace.standing.get_untracked(), Some(workspace::Standing::Closed(_))) {
            return;
        }
        let text = self.person.with_untracked(serde_json::to_string).unwrap_or_default();
        self.preferences.with_value(|preferences| preferences.write(&text));
    }

    /// What another tab has written of the person.
    pub(super) fn hear(self, event: &StorageEvent) {
        let heard = self.preferences.with_value(|preferences| preferences.heard(event));
        if let Some(person) = heard.and_then(|text| serde_json::from_str(&text).ok()) {
            self.person.set(person);
        }
    }

    /// The units of this browser by name, one of those that are the same, in the order of the Danish alphabet.
    pub(super) fn units(self) -> Vec<(String, Id)> {
        units(self.workspace)
    }

    /// The unit that is looked at: the one chosen, or the only one.
    pub(super) fn unit(self) -> Option<Id> {
        self.place.with(|place| place.unit.clone())
    }

    /// A record's body as it is now, if it is there and does not lie in the trash.
    pub(super) fn body<B: Body>(self, id: Option<&Id>) -> B {
        body(self.workspace, id)
    }

    /// The level of leader that the page speaks to.
    pub(super) fn level(self) -> Option<Level> {
        self.place.with(|place| place.level)
    }

    /// The cycle of today.
    pub(super) fn cycle(self) -> Cycle {
        Cycle::of(self.today.get())
    }

    /// The id of the progress of the unit that is looked at.
    pub(super) fn progress_id(self) -> Option<Id> {
        Progress::id(&self.unit()?, self.cycle())
    }

    /// The progress of the unit that is looked at through the cycle of today.
    pub(super) fn progress(self) -> Progress {
        self.body(self.progress_id().as_ref())
    }

    /// Where the wheel stands today for the person and their unit.
    pub(super) fn standing(self) -> Option<Standing<'static>> {
        let progress = self.progress();
        Some(wheel::standing(fundament::at_hand()?, self.today.get(), self.level(), |element| {
            progress.is_done(element)
        }))
    }
}

impl Place {
    fn of(workspace: Workspace, person: RwSignal<Person>) -> Self {
        let chosen = person.with(|person| person.unit.as_ref().map(|unit| workspace.meant(unit)));
        let chosen = chosen.filter(|id| workspace.living(id).is_some());
        let unit = chosen.or_else(|| match &*units(workspace) {
            [(_, only)] => Some(only.clone()),
            _ => None,
        });
        let of_unit = body::<Enhed>(workspace, unit.as_ref()).level;
        Self { level: person.with(|person| person.role).and_then(|role| role.level(of_unit)), unit }
    }
}

fn body<B: Body>(workspace: Workspace, id: Option<&Id>) -> B {
    let view = |record: &Record| (record.life(None) != Life::Deleted).then(|| record.view::<B>().ok()).flatten();
    id.and_then(|id| workspace.read(id, view)).flatten().unwrap_or_default()
}

fn units(workspace: Workspace) -> Vec<(String, Id)> {
    let collator = DanishOrder::new();
    let mut units: Vec<(String, Id)> = Vec::new();
    let standing = workspace.ids(Kind::Enhed).into_iter().filter(|id| workspace.meant(id) == *id);
    for unit in standing.filter_map(|id| workspace.living(&id)) {
        let title = if unit.title().is_empty() { "Enhed uden navn" } else { unit.title() };
        let place = units.partition_point(|(other, _)| !collator.is_before(title, other));
        units.insert(place, (title.to_owned(), unit.id().clone()));
    }
    units
}
