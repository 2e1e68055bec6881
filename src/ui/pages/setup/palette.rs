//! The palette: finds pages, records, words, items of the foundation and commands, and opens or runs the chosen entry.
//!
//! The index is built when the palette is opened. While the user types, only the index is searched.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::domain::id::Id;
use crate::domain::person::Colours;
use crate::domain::search::{SearchEntry, SearchIndex, SearchKind, SearchTarget};
use crate::record::undo_stack::UndoDirection;
use crate::store;

use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click};
use crate::ui::pages::data::import::Files;
use crate::ui::pages::setup::dialog::{ModalDialog, close_dialog};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::search_entries::{COLLECTED_KINDS, RecordEntries, fixed_entries};
use crate::ui::state::app_context::{AppContext, OpenDialog};
use crate::ui::state::workspace::{UndoResult, left_alone_message};

/// The largest number of entries that is shown.
const MOST_SHOWN: usize = 12;
/// The largest number of entries that is remembered.
const MOST_RECENT: usize = 4;
/// The pages that people open most, shown while nothing is typed.
const LIKELY: [&str; 8] =
    ["#/", "#/aftale", "#/indikatorer", "#/hjulet", "#/praksis", "#/refleksion", "#/filer", "#/ordliste"];

thread_local! {
    /// The entries that were opened from the palette since the page was loaded, the newest first.
    static RECENT: RefCell<Vec<SearchTarget>> = const { RefCell::new(Vec::new()) };
}

/// A command of the palette, which runs instead of opening an address.
#[derive(Clone, Copy, Debug)]
enum Command {
    SaveBackup,
    OpenFile,
    Print,
    Undo(UndoDirection),
    SwitchUnit,
    SetColours(Option<Colours>),
    Help,
    OpenDemo,
}

/// The commands, each with its title and other names.
const COMMANDS: [(Command, &str, &str); 11] = [
    (Command::SaveBackup, "Gem sikkerhedskopi", "gem som fil backup download"),
    (Command::OpenFile, "Åbn fil", "importere hente flette modtage"),
    (Command::Print, "Udskriv siden", "print papir pdf"),
    (Command::Undo(UndoDirection::Last), "Fortryd", "tilbage fortryde"),
    (Command::Undo(UndoDirection::LastUndone), "Gentag", "annuller fortryd"),
    (Command::SwitchUnit, "Skift enhed", "vælg anden enhed arbejde med"),
    (Command::SetColours(Some(Colours::Dark)), "Mørke farver", "tema nat mørk"),
    (Command::SetColours(Some(Colours::Light)), "Lyse farver", "tema dag lys"),
    (Command::SetColours(None), "Farver som på din computer eller telefon", "tema mørke lyse automatisk"),
    (Command::Help, "Hjælp til siden og taster", "genveje tastatur vejledning"),
    (Command::OpenDemo, "Se dig om i en opdigtet kommune", "prøvekommune demo rundtur eksempel øve"),
];

/// The state of the palette. A handle that is copied freely.
#[derive(Clone, Copy)]
struct Palette {
    app: AppContext,
    files: Files,
    /// The search index; `None` until it is built.
    index: RwSignal<Option<Arc<SearchIndex>>>,
    /// Whether the palette shows the units to switch to, instead of all entries.
    is_for_units: RwSignal<bool>,
    query: RwSignal<String>,
    shown: RwSignal<Vec<SearchEntry>>,
    /// The number of entries found, those that are not shown included.
    count: RwSignal<usize>,
    selected: RwSignal<usize>,
}

/// The dialog of the palette.
#[component]
pub(crate) fn PaletteDialog(app: AppContext, files: Files) -> BuiltView {
    let palette = Palette {
        app,
        files,
        index: RwSignal::new(None),
        is_for_units: RwSignal::new(false),
        query: RwSignal::new(String::new()),
        shown: RwSignal::new(Vec::new()),
        count: RwSignal::new(0),
        selected: RwSignal::new(0),
    };
    // The index is built after the dialog is painted, so that the dialog appears at once.
    request_animation_frame(move || set_timeout(move || palette.build_index(), std::time::Duration::ZERO));
    Effect::new(move |_| scroll_to(&option_id(palette.selected.get())));
    let label = dynamic_text(move || {
        let label = if palette.is_for_units.get() { "Skift til enheden" } else { "Find side, enhed, mål eller ord" };
        label.to_owned()
    });
    let has_shown = move || palette.shown.with(|shown| !shown.is_empty());
    let expanded = move || if has_shown() { "true" } else { "false" };
    let active = move || has_shown().then(|| option_id(palette.selected.get()));
    let options = dynamic_view(move || {
        let options = palette.shown.with(|shown| {
            shown.iter().enumerate().map(|(number, entry)| palette.option(number, entry)).collect::<Vec<_>>()
        });
        build_view(options)
    });
    let content = build_view(view! {
        <div class="modal-head">
            <label for="palette-query">{label}</label>
            {button_with_class("quiet", "Luk", on_click(close_dialog))}
        </div>
        <input
            id="palette-query"
            type="text"
            role="combobox"
            autofocus
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            aria-autocomplete="list"
            aria-controls="palette-options"
            aria-expanded=expanded
            aria-activedescendant=active
            prop:value=move || palette.query.get()
            on:input:target=move |event| { palette.query.set(event.target().value()); palette.search(); }
            on:keydown=move |event| palette.on_key(&event)
        />
        <p class="help" role="status">{dynamic_text(move || palette.status())}</p>
        <ul id="palette-options" class="palette-options" role="listbox" aria-label="Det fundne" on:click=move |event| palette.on_click(&event)>
            {options}
        </ul>
    });
    build_view(view! { <ModalDialog app which=OpenDialog::Palette label="Find" content/> })
}

/// Returns the id of the element of an option.
fn option_id(number: usize) -> String {
    format!("{OPTION}{number}")
}

/// The prefix of the ids of options.
const OPTION: &str = "palette-option-";

/// Scrolls the list as little as needed to show an option.
fn scroll_to(id: &str) {
    if let Some(option) = document().get_element_by_id(id) {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Makes an entry without other names or a place.
fn plain_entry(kind: SearchKind, title: String, target: SearchTarget) -> SearchEntry {
    SearchEntry {
        kind,
        title,
        aliases: String::new(),
        place: String::new(),
        details: String::new(),
        is_own: false,
        target,
    }
}

impl Palette {
    /// Indexes all entries that can be found, and searches again.
    fn build_index(self) {
        // The palette may have been closed in the meantime.
        if self.index.try_get_untracked().is_none() {
            return;
        }
        let entries = untrack(|| if self.is_for_units.get() { self.units() } else { self.everything() });
        self.index.set(Some(Arc::new(SearchIndex::new(entries))));
        self.search();
    }

    fn units(self) -> Vec<SearchEntry> {
        let units = self.app.units().into_iter();
        units
            .map(|(name, id)| plain_entry(SearchKind::Unit, name, SearchTarget::Address(Route::Enhed(id).to_string())))
            .collect()
    }

    fn everything(self) -> Vec<SearchEntry> {
        let workspace = self.app.workspace;
        let own_unit = self.app.unit();
        let mut entries = fixed_entries(own_unit.is_some());
        entries.extend(self.commands());
        let representative_id = |id: &Id| workspace.representative_id(id);
        let mut records = RecordEntries::new(&representative_id, own_unit);
        for kind in COLLECTED_KINDS {
            for record in workspace.ids(kind).iter().filter_map(|id| workspace.record(id)) {
                record.with_untracked(|record| records.add(record));
            }
        }
        entries.extend(records.into_entries());
        entries
    }

    /// Returns the commands that can run now.
    fn commands(self) -> Vec<SearchEntry> {
        let action_names = self.app.workspace.action_names.get();
        let has_units = self.app.units().len() > 1;
        let title = |command: Command, title: &str| match command {
            Command::Undo(direction) => {
                let name = action_names[usize::from(matches!(direction, UndoDirection::LastUndone))].as_ref()?;
                Some(format!("{title}: {name}"))
            }
            Command::SwitchUnit if !has_units => None,
            Command::OpenDemo if store::is_demo() => None,
            _ => Some(title.to_owned()),
        };
        let entries = COMMANDS.iter().enumerate().filter_map(|(number, &(command, name, aliases))| {
            let entry = plain_entry(SearchKind::Command, title(command, name)?, SearchTarget::Command(number));
            Some(SearchEntry { aliases: aliases.to_owned(), ..entry })
        });
        entries.collect()
    }

    /// Searches for the typed query, and shows the result.
    fn search(self) {
        let Some(index) = self.index.get_untracked() else { return };
        let query = self.query.get_untracked();
        let (shown, count) = if query.trim().is_empty() {
            (self.without_query(&index), 0)
        } else {
            let found = index.search(&query, MOST_SHOWN);
            (found.best.into_iter().cloned().collect(), found.count)
        };
        self.selected.set(0);
        self.count.set(count);
        self.shown.set(shown);
    }

    /// Returns the entries to show while nothing is typed: recently opened entries, then the pages that people open
    /// most.
    fn without_query(self, index: &SearchIndex) -> Vec<SearchEntry> {
        let entries = index.entries();
        if self.is_for_units.get_untracked() {
            return entries.iter().take(MOST_SHOWN).cloned().collect();
        }
        let mut targets = RECENT.with_borrow(Clone::clone);
        let likely = LIKELY.iter().map(|address| SearchTarget::Address((*address).to_owned()));
        for target in likely {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let find = |target: &SearchTarget| entries.iter().find(|entry| entry.target == *target).cloned();
        targets.iter().filter_map(find).take(MOST_SHOWN).collect()
    }

    /// Returns the status of the list in Danish.
    fn status(self) -> String {
        let count = self.count.get();
        if self.query.with(|query| query.trim().is_empty()) {
            let is_ready = self.shown.with(|shown| !shown.is_empty()) && !self.is_for_units.get();
            return if is_ready { "Senest fundet, og det man oftest går til." } else { "" }.to_owned();
        }
        match count {
            _ if self.index.with(Option::is_none) => "Søger …".to_owned(),
            0 => "Intet fundet. Prøv et kortere ord, eller kun begyndelsen af det.".to_owned(),
            1 => "1 fundet.".to_owned(),
            count if count > MOST_SHOWN => format!("{count} fundet. De første {MOST_SHOWN} vises."),
            count => format!("{count} fundet."),
        }
    }

    fn option(self, number: usize, entry: &SearchEntry) -> BuiltView {
        let place = if entry.place.is_empty() {
            entry.kind.danish().to_owned()
        } else {
            format!("{} · {}", entry.kind.danish(), entry.place)
        };
        let is_selected = move || if self.selected.get() == number { "true" } else { "false" };
        build_view(view! {
            <li id=option_id(number) role="option" aria-selected=is_selected>
                <span class="option-title">{entry.title.clone()}</span>
                " "
                <span class="option-place">{place}</span>
            </li>
        })
    }

    fn on_key(self, event: &KeyboardEvent) {
        let count = self.shown.with_untracked(Vec::len);
        // Keys of a character that is still being composed are ignored.
        if event.is_composing() || count == 0 {
            return;
        }
        match &*event.key() {
            "ArrowDown" => self.selected.update(|selected| *selected = (*selected + 1) % count),
            "ArrowUp" => self.selected.update(|selected| *selected = (*selected + count - 1) % count),
            "Enter" => self.open(self.selected.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    }

    fn on_click(self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let option = target.and_then(|target| target.closest("li").ok().flatten());
        if let Some(number) = option.and_then(|option| option.id().strip_prefix(OPTION)?.parse().ok()) {
            self.open(number);
        }
    }

    /// Opens or runs an entry that is shown.
    fn open(self, number: usize) {
        let Some(entry) = self.shown.with_untracked(|shown| shown.get(number).cloned()) else { return };
        match entry.target {
            SearchTarget::Address(address) if self.is_for_units.get_untracked() => {
                close_dialog();
                if let Route::Enhed(id) = Route::parse(&address) {
                    self.app.change_person(|person| person.unit = Some(id));
                }
            }
            SearchTarget::Address(address) => {
                remember(SearchTarget::Address(address.clone()));
                close_dialog();
                platform::navigation::go_to(&address);
            }
            SearchTarget::Command(number) => {
                if let Some((command, ..)) = COMMANDS.get(number) {
                    self.run(*command);
                }
            }
        }
    }

    fn run(self, command: Command) {
        let app = self.app;
        match command {
            Command::SwitchUnit => {
                self.is_for_units.set(true);
                self.query.set(String::new());
                self.build_index();
            }
            Command::Undo(direction) => {
                // The action is undone before the dialog closes, so that a field that regains the focus finds its new
                // text.
                if let UndoResult::Done(skipped) = app.workspace.undo_or_redo(direction)
                    && !skipped.is_empty()
                {
                    app.workspace.error_message.set(Some(left_alone_message(&skipped)));
                }
                close_dialog();
            }
            Command::SaveBackup => {
                close_dialog();
                self.files.save();
            }
            Command::OpenFile => {
                close_dialog();
                choose_file();
            }
            Command::Print => {
                close_dialog();
                platform::page::print();
            }
            Command::SetColours(colours) => {
                close_dialog();
                app.change_person(|person| person.colours = colours);
            }
            Command::OpenDemo => platform::navigation::open_demo(),
            Command::Help => {
                close_dialog();
                app.dialog().set(Some(OpenDialog::Help));
            }
        }
    }
}

/// Remembers an opened entry.
fn remember(target: SearchTarget) {
    RECENT.with_borrow_mut(|recent| {
        recent.retain(|other| *other != target);
        recent.insert(0, target);
        recent.truncate(MOST_RECENT);
    });
}

/// Lets the user choose a file to open, by the file button of the sidebar.
fn choose_file() {
    let input = document().get_element_by_id("open-file").and_then(|input| input.dyn_into::<HtmlElement>().ok());
    match input {
        Some(input) => input.click(),
        None => platform::navigation::go_to(&Route::Filer.to_string()),
    }
}
