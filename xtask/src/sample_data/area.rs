//! An invented area of Børn & Unge: schools and nurseries with figures on all indicators and what is said about them,
//! agreements with a midterm status, new agreements, conversations, trials, and the secretariat's package with the
//! feedback of the forums.

use std::path::Path;

use kvalitetshjul::domain::aftale::state::AftaleEvent;
use kvalitetshjul::domain::aftale::{Aftale, Party};
use kvalitetshjul::domain::cycle::Cycle;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::fundament;
use kvalitetshjul::domain::goal::{Anchor, Area, Goal, Horizon, Initiative, Reach};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::Indicator;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::midtvejs::{Difference, GoalCourse, GoalStatus, Midtvejsstatus};
use kvalitetshjul::domain::package::{
    FeedbackForum, ForumAnswer, FoundPattern, Package, PackageTheme, PatternWeight, Priority,
};
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::proevehandling::{Proevehandling, TrialNext};
use kvalitetshjul::domain::samtale::{Agenda, Released, Samtale, Topic};
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};

use crate::Outcome;
use crate::sample_data::municipality::file_of;

/// A figure on so few persons that it must be published nowhere. No other figure has this value.
pub const SMALL: (f64, &str) = (77.7, "77,7");

/// Text of a conversation that was not released.
pub const UNRELEASED: &str = "Det bliver mellem os to";

/// What is said about figures and must be in no report: it was not released, or the figure is hidden.
pub const UNRELEASED_VOICES: [&str; 2] = ["Det er kun til os på skolen.", "Vi er få, så alle ved, hvem det er."];

/// What is said about a figure and was released to the report.
pub const RELEASED_VOICE: &str = "Vi ved, hvem vi kan gå til i frikvarteret.";

/// Texts of the secretariat and of the three forums in the package, with reasons.
pub const FEEDBACK: [&str; 6] = [
    "Trivslen falder på mellemtrinnet på fire af seks skoler.",
    "Vi ser det samme, når vi besøger klasserne.",
    "Udvalget vil følge det to gange om året.",
    "Det slider også på de voksne.",
    "Det rammer flest børn.",
    "Vi vil gerne med til mødet om tallene.",
];

/// The goal of the new agreements, whose effect nobody knows yet.
pub const NEW_GOAL: &str = "Flere voksne ved, hvem der er alene i pausen";
/// The school whose first agreement is new.
pub const NEW_SCHOOL: &str = "Skovskolen";

const SCHOOLS: [&str; 6] = ["Bakkeskolen", "Engskolen", "Fjordskolen", "Skolen ved Søen", "Skovskolen", "Åskolen"];
const HOUSES: [&str; 3] = ["Børnehuset Kløver", "Børnehuset Måne", "Børnehuset Sol"];
const GOALS: [(&str, Area, &str); 9] = [
    ("Færre elever har højt fravær, og flere siger selv, hvorfor de er i skole", Area::Quality, "hoejt-fravaer"),
    ("Flere elever har en ven eller et netværk, de kan gå til", Area::Quality, "ven-netvaerk"),
    ("De unge er med til at bestemme, hvordan udskolingen er", Area::Quality, "unge-inddraget"),
    ("Budgettet holdes, og flere valg træffes tæt på børnene", Area::Economy, ""),
    ("Vi bruger mindre tid på at skrive det samme flere steder", Area::Economy, ""),
    ("Vi deler lokaler og ture med børnehuset ved siden af", Area::Economy, ""),
    ("Færre er syge af deres arbejde", Area::StaffWellbeing, ""),
    ("Nye kolleger får en makker i det første år", Area::StaffWellbeing, ""),
    ("Vi taler om det svære, før det bliver for svært", Area::StaffWellbeing, ""),
];
const LONG: &str = "Vi begynder med det, der allerede virker, og prøver det af i det små, før vi gør mere af det. Hvert team vælger \
    én ting, de vil lægge mærke til, og fortæller de andre om det hver anden uge. Det, vi ser, skriver vi ned med det samme, så det \
    ikke kun er dem, der var der, som lærer af det. Forældrene er med fra begyndelsen: de ved, hvornår det er svært at komme ud ad \
    døren, og hvad der hjælper. Børnene spørger vi hver for sig, og vi spørger igen efter ferien.";

fn id(text: &str) -> Outcome<Id> {
    Id::parse(text).ok_or_else(|| format!("no id: {text}").into())
}

/// Writes a name as an id.
fn plain(name: &str) -> String {
    let letters = name.replace(['Å', 'å'], "aa").replace(['Ø', 'ø'], "oe").replace(['Æ', 'æ'], "ae");
    letters
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect()
}

struct AreaBuilder {
    records: Records,
    author: Author,
}

impl AreaBuilder {
    fn add<B: kvalitetshjul::domain::registry::RegisteredBody>(&mut self, id: Id, body: &B) -> Outcome {
        let record = Record::create(id.clone(), body, &self.author).map_err(|error| error.to_string())?;
        self.records.insert(id, record);
        Ok(())
    }
}

/// The records of the area, as of August 2026.
///
/// # Errors
/// A record is invalid.
pub fn area() -> Outcome<Records> {
    let at = Timestamp::parse("2026-08-12T08:00:00Z").ok_or("a moment")?;
    let author = Author { actor: Actor::from_random([7; 10]), at, by: None };
    let mut builder = AreaBuilder { records: Records::new(), author };
    let edition = fundament::present_edition().ok_or("there is an edition")?;
    let indicators: Vec<Indicator> = edition.indicators().flat_map(|(_, own)| own).collect();
    let units =
        SCHOOLS.iter().map(|name| (*name, EnhedKind::Skole)).chain(HOUSES.map(|name| (name, EnhedKind::Boernehus)));
    for (at, (name, kind)) in units.enumerate() {
        let unit = id(&plain(name))?;
        let level = Level::new(if kind == EnhedKind::Skole { 3 } else { 4 });
        let body = Enhed { name: name.into(), kind: Some(kind), level, network: "Vest".into(), ..Enhed::default() };
        builder.add(unit.clone(), &body)?;
        for (which, indicator) in indicators.iter().enumerate() {
            figures(&mut builder, &unit, indicator, at, which)?;
        }
        words(&mut builder, &unit, name, at)?;
        voice(&mut builder, &unit, at)?;
    }
    package(&mut builder)?;
    Ok(builder.records)
}

/// Writes the area to a file.
///
/// # Errors
/// A record is invalid, or the file cannot be written.
pub fn area_file(path: &Path) -> Outcome {
    Ok(std::fs::write(path, file_of(&area()?)?)?)
}

/// The indicator with something said about its figures.
const VOICED: &str = "social-trivsel";

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn figures(builder: &mut AreaBuilder, unit: &Id, indicator: &Indicator, at: usize, which: usize) -> Outcome {
    let mut series = Series { unit: Some(unit.clone()), indicator: Some(id(&indicator.id)?), ..Series::default() };
    for year in 2020..=2025u16 {
        let swing = ((at * 5 + which * 3 + usize::from(year) * 7) % 9) as f64 - 4.0;
        let trend = f64::from(year - 2020) * if which % 3 == 1 { -0.8 } else { 0.9 };
        let figure = match indicator.measure {
            Measure::Index => 3.6 + swing / 20.0 + trend / 10.0,
            _ => 22.0 + which as f64 * 4.0 + swing + trend,
        };
        let is_small = at == 3 && which == 1 && year == 2023;
        // Something is said about this figure too.
        let is_small_index = at == 5 && indicator.id == VOICED && year == 2025;
        let figure = if is_small { SMALL.0 } else { (figure * 10.0).round() / 10.0 };
        let n = if is_small || is_small_index { 3 } else { 140 };
        series.set_figure(Period::SchoolYear(year), indicator.measure, Some(figure));
        series.observations.get_or_default(Period::SchoolYear(year)).n = Some(n);
    }
    let record = Id::derived(unit, &id(&indicator.id)?).ok_or("a series has an id")?;
    builder.add(record, &series)
}

/// Builds the head of an agreement that comes into force on 1 August of a year, and that both parties have agreed to.
fn agreement(unit: &Id, year: u16, version: &str) -> Outcome<Aftale> {
    let day = |year: u16, month: u8, day: u8| Date::new(year, month, day).ok_or("a day");
    let mut head = Aftale {
        title: format!("Sammenhængsaftale {year}–{}", year + 2).as_str().into(),
        unit: Some(unit.clone()),
        level: Level::new(3),
        leader: "Anne Holm".into(),
        counterpart: "Bo Lund".into(),
        period: Some(Span { from: Some(day(year, 8, 1)?), to: Some(day(year + 2, 7, 31)?) }),
        themes: "Flere er med i fællesskabet; Fravær".into(),
        background: LONG.into(),
        employees: "På personalemødet i maj, hvor hvert team gav to forslag.".into(),
        parents: "Drøftet i forældrebestyrelsen to gange.".into(),
        children: "Elevrådet har valgt to af målene.".into(),
        local_med: Some(day(year, 5, 28)?),
        ..Aftale::default()
    };
    let version = id(version)?;
    head.record_event(id("f1")?, AftaleEvent::Frozen, day(year, 6, 10)?, Some(version.clone()));
    for party in Party::ALL {
        head.record_assent(&version, party, day(year, 6, 12)?);
    }
    Ok(head)
}

/// Adds the agreements of a unit, with the midterm status, conversation and trials.
fn words(builder: &mut AreaBuilder, unit: &Id, name: &str, at: usize) -> Outcome {
    let aftale = id(&format!("aftale-{unit}"))?;
    let is_new = name == NEW_SCHOOL;
    let mut head = agreement(unit, if is_new { 2026 } else { 2024 }, &format!("{at:064}"))?;
    let mut status =
        Midtvejsstatus { title: head.title.clone(), aftale: Some(aftale.clone()), ..Midtvejsstatus::default() };
    if !is_new {
        head.record_event(id("f2")?, AftaleEvent::Midterm, Date::new(2025, 8, 11).ok_or("a day")?, None);
        status.finished = Date::new(2025, 9, 10);
    }
    builder.add(aftale.clone(), &head)?;
    if at < 2 {
        let new = id(&format!("aftale-{unit}-ny"))?;
        builder.add(new.clone(), &agreement(unit, 2026, &format!("{:064}", at + 100))?)?;
        let goal = Goal { text: NEW_GOAL.into(), aftale: Some(new), area: Some(Area::Quality), ..Goal::default() };
        builder.add(id(&format!("maal-{unit}-ny"))?, &goal)?;
    }
    for (number, (text, area, indicator)) in GOALS.iter().enumerate().take(if at == 3 { 9 } else { 3 }) {
        let goal = id(&format!("maal-{unit}-{number}"))?;
        builder.add(goal.clone(), &self::goal(&aftale, text, *area, indicator, number)?)?;
        if number < 2 && !is_new {
            let own = GoalStatus {
                course: Some(GoalCourse::OnItsWay),
                difference: Difference::ALL.get((at + number) % 3).copied(),
                signs_seen: "Flere elever går selv hen til nogen i pausen.".into(),
                keep: "Opkaldet hjem samme dag.".into(),
                ..GoalStatus::default()
            };
            status.goals.insert(goal, own);
        }
    }
    status.shares = if at.is_multiple_of(3) {
        "Når et barn er væk, ringer en voksen hjem samme dag. Det tager tre minutter.".into()
    } else {
        UserText::default()
    };
    if !is_new {
        builder.add(Midtvejsstatus::id(&aftale).ok_or("a status has an id")?, &status)?;
    }
    samtale(builder, unit, at)?;
    if at % 2 == 1 {
        let trial = Proevehandling {
            title: format!("Makkere på tur ({name})").as_str().into(),
            unit: Some(unit.clone()),
            idea: "De store går med de små til biblioteket hver torsdag.".into(),
            happened: "Fem ture, og ingen meldte fra.".into(),
            learned: "De store passer på, når det er deres opgave.".into(),
            next: Some(if at == 1 { TrialNext::Scale } else { TrialNext::Adjust }),
            ..Proevehandling::default()
        };
        builder.add(id(&format!("proeve-{unit}"))?, &trial)?;
    }
    Ok(())
}

fn goal(aftale: &Id, text: &str, area: Area, indicator: &str, number: usize) -> Outcome<Goal> {
    let mut goal = Goal {
        text: text.into(),
        aftale: Some(aftale.clone()),
        area: Some(area),
        reach: Some(if indicator.is_empty() { Reach::Local } else { Reach::Common }),
        horizon: Some(if number.is_multiple_of(2) { Horizon::Long } else { Horizon::Short }),
        signs_of_progression: LONG.into(),
        expected_effect: LONG.into(),
        order: Some(format!("a{number}")),
        ..Goal::default()
    };
    if let Some(indicator) = Id::parse(indicator) {
        goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
    }
    for (own, text) in
        ["En voksen ringer hjem samme dag", "Legegrupper på tværs af årgange", "En fast aftale om pauserne"]
            .into_iter()
            .enumerate()
    {
        let period = Some(Span { from: Date::new(2024, 8, 1), to: Date::new(2025, 6, 30) });
        let initiative = Initiative {
            text: text.into(),
            responsible: "Teamlederne".into(),
            period,
            order: Some(format!("a{own}")),
            ..Initiative::default()
        };
        goal.initiatives.insert(id(&format!("i{own}"))?, initiative);
    }
    Ok(goal)
}

fn samtale(builder: &mut AreaBuilder, unit: &Id, at: usize) -> Outcome {
    let day = Date::parse("2026-03-11").ok_or("a day")?;
    let mut samtale = Samtale {
        title: "Kvalitetssamtale 2025–2027".into(),
        unit: Some(unit.clone()),
        date: Some(day),
        ..Samtale::default()
    };
    let topic = Topic {
        title: "Færre med højt fravær".into(),
        indicator: Id::parse("hoejt-fravaer"),
        agenda: Some(Agenda::On),
        state: UNRELEASED.into(),
        agreed: UNRELEASED.into(),
        learned: "Fraværet ligger mest om mandagen, og det begynder som regel med en enkelt dag.".into(),
        released: at.is_multiple_of(3).then_some(Released::ToReport),
        order: Some("a0".to_owned()),
        ..Topic::default()
    };
    samtale.topics.insert(id("hoejt-fravaer")?, topic);
    let record = Samtale::id(unit, Cycle::of(day)).ok_or("a conversation has an id")?;
    builder.add(record, &samtale)
}

/// Adds what children say about a figure of a school: released at the first, not released at the second, and released
/// at the last, where the figure is hidden.
fn voice(builder: &mut AreaBuilder, unit: &Id, at: usize) -> Outcome {
    let [unreleased, about_few] = UNRELEASED_VOICES;
    let (text, released) = match at {
        0 => (RELEASED_VOICE, Some(true)),
        1 => (unreleased, None),
        5 => (about_few, Some(true)),
        _ => return Ok(()),
    };
    let (series, period) = (Id::derived(unit, &id(VOICED)?).ok_or("a series has an id")?, Period::SchoolYear(2025));
    let record = Dialogue::id(&series, period).ok_or("a dialogue has an id")?;
    let (series, period) = (Some(series), Some(period));
    builder.add(record, &Dialogue { series, period, children: text.into(), released, ..Dialogue::default() })
}

/// Adds the secretariat's package of the cycle, with the answers of the forums.
fn package(builder: &mut AreaBuilder) -> Outcome {
    let cycle = Cycle::of(Date::new(2026, 2, 11).ok_or("a day")?);
    let [pattern, lederforum, committee, joint_med, decision, remark] = FEEDBACK.map(UserText::from);
    let mut package = Package::new(cycle);
    let pattern = FoundPattern {
        text: pattern,
        lederforum: Some(PatternWeight::High),
        lederforum_reason: lederforum,
        committee: Some(PatternWeight::Some),
        ..FoundPattern::default()
    };
    let theme = PackageTheme {
        title: "Alle har en ven".into(),
        lederforum: Some(Priority::Prioritised),
        committee: Some(Priority::Prioritised),
        committee_reason: committee,
        joint_med,
        decision: Some(Priority::Prioritised),
        decision_reason: decision,
        ..PackageTheme::default()
    };
    package.patterns.insert(id("moenster-trivsel")?, pattern);
    package.themes.insert(id("tema-en-ven")?, theme);
    package.answers.insert(id(FeedbackForum::JointMed.name())?, ForumAnswer { remark, ..ForumAnswer::default() });
    builder.add(Package::id(cycle).ok_or("a package has an id")?, &package)
}
