//! The demo (*prøvekommunen*): the records of an invented municipality, as they stand on a day.
//!
//! Every name, text and figure is invented. Dates follow the day, so that the demo always shows a school in the middle
//! of its work, whatever the season in which it is opened.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the units, and what the secretariat and a neighbouring school wrote |
//! | `figures` | the figures of all units |
//! | `practice` | practice of several units, and a story |
//! | `previous_agreement` | the agreement of a school in the cycle before, which the report accounts for |
//! | `school` | the school whose leader the visitor is: agreement, trials, conversation, reflection |
//! | `tour` | the stations of the tour |

mod figures;
mod practice;
mod previous_agreement;
mod school;
pub mod tour;

use super::aftale::begin;
use super::aftale::state::AftaleEvent;
use super::cycle::Cycle;
use super::date::Date;
use super::enhed::{Enhed, EnhedKind, Level};
use super::fractional_index;
use super::goal::Goal;
use super::id::Id;
use super::meeting::{HelpOffer, Meeting, MeetingDecision};
use super::midtvejs::Midtvejsstatus;
use super::package::{FoundPattern, Package, PackageTheme, PatternWeight, Priority};
use super::period::Span;
use super::person::{Person, Role};
use super::proevehandling::{Proevehandling, TrialNext};
use super::rapport::{Rapport, Story};
use super::registry::RegisteredBody;
use super::text::UserText;

/// The leader of the school: the person whom the visitor stands in for.
const LEADER: &str = "Anne Holm";
/// The head of department, with whom the leader makes the agreement.
const HEAD: &str = "Bo Lund";
/// The author of figures and of the package.
const SECRETARIAT: &str = "Sekretariatet";

/// The prefix of the ids of the records of the demo, and of the entries inside them. It tells a file of the demo from a
/// file with a municipality's own records.
const PREFIX: &str = "proevekommune-";

/// The school whose leader the visitor is.
const SCHOOL: &str = "skolen-ved-soeen";
/// The department above the schools.
const DEPARTMENT: &str = "skoleafdelingen";
/// A school that shares what it learned.
const NEIGHBOUR: &str = "bakkeskolen";
/// The trial that it shares.
const NEIGHBOUR_TRIAL: &str = "proeve-start";

/// A unit of the demo: the name in its id, its Danish name, its kind, the level of its leader, the unit above, and its
/// network.
type Unit = (&'static str, &'static str, EnhedKind, u8, &'static str, &'static str);

/// The units.
const UNITS: [Unit; 9] = [
    (DEPARTMENT, "Skoleafdelingen", EnhedKind::Chefomraade, 2, "", ""),
    ("dagtilbudsafdelingen", "Dagtilbudsafdelingen", EnhedKind::Chefomraade, 2, "", ""),
    (SCHOOL, "Skolen ved Søen", EnhedKind::Skole, 3, DEPARTMENT, "Øst"),
    (NEIGHBOUR, "Bakkeskolen", EnhedKind::Skole, 3, DEPARTMENT, "Øst"),
    ("aaskolen", "Åskolen", EnhedKind::Skole, 3, DEPARTMENT, "Vest"),
    ("omraade-oest", "Område Øst", EnhedKind::Omraade, 3, "dagtilbudsafdelingen", "Øst"),
    ("solstraalen", "Børnehuset Solstrålen", EnhedKind::Boernehus, 4, "omraade-oest", "Øst"),
    ("maelkevejen", "Børnehuset Mælkevejen", EnhedKind::Boernehus, 4, "omraade-oest", "Øst"),
    ("kompasset", "Klub Kompasset", EnhedKind::Klub, 3, DEPARTMENT, "Øst"),
];

/// Returns whether a text is the id of a record or an entry of the demo, or derived from one.
pub fn is_of_demo(id: &str) -> bool {
    id.starts_with(PREFIX)
}

/// Returns the day and the 80 bits by which the authors of the demo's records are made, for the author with an index.
/// Two demos that were filled on the same day have the same authors, so that their files can be merged as if they came
/// from one municipality. The day is the one before, since nothing can be written in the future.
pub fn authorship(today: Date, index: u8) -> Option<(Date, [u8; 10])> {
    let day = today.plus_days(-1)?;
    let mut bits = [0; 10];
    bits[0] = index;
    bits[2..].copy_from_slice(&day.days_since(Date::new(2000, 1, 1)?).to_be_bytes());
    Some((day, bits))
}

/// Returns the id of a record of the demo.
fn id(name: &str) -> Option<Id> {
    Id::parse(&format!("{PREFIX}{name}"))
}

/// Receives the records of the demo.
pub trait DemoSink {
    /// Receives a record with its id and the name of its author.
    fn put<B: RegisteredBody>(&mut self, id: Id, body: &B, author: &str);
}

/// Returns the preferences of the visitor: they are the leader of the school.
pub fn visitor() -> Person {
    Person { role: Some(Role::Leader), name: LEADER.to_owned(), unit: id(SCHOOL), is_asked: true, ..Person::default() }
}

/// Builds the records of the demo as they stand on a day.
pub fn build(today: Date, sink: &mut impl DemoSink) {
    let mut demo = Demo { today, sink };
    demo.units();
    figures::add(&mut demo);
    demo.package();
    school::add(&mut demo);
    demo.neighbour();
    practice::add(&mut demo);
    previous_agreement::add(&mut demo);
    demo.meeting();
    demo.report();
}

/// The demo while it is built.
struct Demo<'a, S> {
    today: Date,
    sink: &'a mut S,
}

impl<S: DemoSink> Demo<'_, S> {
    /// Adds a record under a fixed name.
    fn put<B: RegisteredBody>(&mut self, name: &str, body: &B, author: &str) {
        self.put_at(id(name), body, author);
    }

    /// Adds a record under an id. There is always one, which a test shows.
    fn put_at<B: RegisteredBody>(&mut self, id: Option<Id>, body: &B, author: &str) {
        if let Some(id) = id {
            self.sink.put(id, body, author);
        }
    }

    /// Returns the day a number of days after today; before today where the number is negative.
    fn day(&self, days: i64) -> Date {
        self.today.plus_days(days).unwrap_or(self.today)
    }

    /// Returns the span between two days, counted from today.
    fn span(&self, from: i64, to: i64) -> Span {
        Span { from: Some(self.day(from)), to: Some(self.day(to)) }
    }

    /// Returns the cycle of today.
    fn cycle(&self) -> Cycle {
        Cycle::of(self.today)
    }

    /// Returns the cycle whose agreements are in force today. The agreements of the current cycle begin in its second
    /// year; until then those of the cycle before are in force.
    fn cycle_in_force(&self) -> Cycle {
        let begins = begin::period(self.cycle(), Level::new(3)).from;
        if begins.is_some_and(|begins| self.today < begins) { self.cycle().previous() } else { self.cycle() }
    }

    fn units(&mut self) {
        for (unit, name, kind, level, above, network) in UNITS {
            let body = Enhed {
                name: name.into(),
                kind: Some(kind),
                level: Level::new(level),
                above: id(above).filter(|_| !above.is_empty()),
                network: network.into(),
                ..Enhed::default()
            };
            self.put(unit, &body, SECRETARIAT);
        }
    }

    /// Adds the package of the secretariat, with two themes.
    fn package(&mut self) {
        let mut package = Package::new(self.cycle());
        package.letter =
            "Her er tallene til samtalerne. Tag de to temaer med, og spørg til det, tallene ikke viser.".into();
        let first = fractional_index::after(None);
        let second = fractional_index::after(Some(&first));
        let pattern = FoundPattern {
            text: "Flere elever har højt fravær på mellemtrinnet. Det ses på to af tre skoler.".into(),
            lederforum: Some(PatternWeight::High),
            lederforum_reason: "Fraværet begynder tidligere, end vi troede.".into(),
            committee: Some(PatternWeight::High),
            joint_med: Some(PatternWeight::Some),
            joint_med_reason: "Det fylder også i medarbejdernes hverdag.".into(),
            order: Some(first.clone()),
            ..FoundPattern::default()
        };
        let theme = |title: &str, reason: &str, order: String| PackageTheme {
            title: title.into(),
            reason: reason.into(),
            lederforum: Some(Priority::Prioritised),
            lederforum_reason: "Vi ser det samme hos os.".into(),
            committee: Some(Priority::Prioritised),
            committee_reason: "Det betyder mest for børnene lige nu.".into(),
            joint_med: "Vi bakker op om temaet.".into(),
            order: Some(order),
            ..PackageTheme::default()
        };
        let patterns = [("fravaer-paa-mellemtrinnet", pattern)];
        let themes = [
            ("til-stede", theme("Til stede hver dag", "Højt fravær er steget to år i træk.", first)),
            ("en-ven", theme("Alle har en ven", "Flere børn fortæller, at de er alene i pauserne.", second)),
        ];
        package.patterns.extend(with_ids(patterns));
        package.themes.extend(with_ids(themes));
        self.put_at(Package::id(self.cycle()), &package, SECRETARIAT);
    }

    /// Adds what a neighbouring school wrote: an agreement that waits for the head of department, and a shared trial.
    fn neighbour(&mut self) {
        let unit = id(NEIGHBOUR);
        let mut head = begin::head(unit.clone(), self.cycle_in_force(), Level::new(3));
        (head.leader, head.counterpart) = ("Carla Juhl".into(), HEAD.into());
        head.employees = "Drøftet på personalemødet.".into();
        if let Some(fact) = id("bakken-delt") {
            head.record_event(fact, AftaleEvent::Shared, self.day(-9), None);
        }
        self.put("aftale-bakken", &head, "Carla Juhl");
        self.goals("bakken", &mut |_, _| {}, "Carla Juhl");
        let trial = Proevehandling {
            title: "Fælles start på dagen".into(),
            unit,
            context: "Mange kom for sent, og timerne begyndte med uro.".into(),
            idea: "De første ti minutter er morgensang og en kop te på tværs af årgange.".into(),
            signs_of_progression: "Flere er der, når klokken ringer.".into(),
            expected_effect: "Roligere første time.".into(),
            period: Some(self.span(-120, -60)),
            happened: "Vi begyndte med 4. årgang. Efter tre uger kom de andre til af sig selv.".into(),
            learned: "Det virkede, fordi de voksne selv sang med.".into(),
            next: Some(TrialNext::Scale),
            shared: Some(true),
            ..Proevehandling::default()
        };
        self.put(NEIGHBOUR_TRIAL, &trial, "Carla Juhl");
    }

    /// Adds what two schools ask for and offer halfway, and the meeting about it: an offer that the visitor can answer,
    /// and a decision.
    fn meeting(&mut self) {
        let ask = "Hvordan får vi flere til at være der fra morgenen?";
        let offer = "Morgensang på tværs af årgange. Kom og hør, hvordan vi begyndte.";
        for (agreement, asks, offers, author) in
            [(school::AGREEMENT, ask, "", LEADER), ("aftale-bakken", "", offer, "Carla Juhl")]
        {
            let Some(aftale) = id(agreement) else { continue };
            let status = Midtvejsstatus {
                title: "Midtvejsstatus".into(),
                asks: asks.into(),
                offers: offers.into(),
                shared: Some(true),
                aftale: Some(aftale.clone()),
                ..Midtvejsstatus::default()
            };
            self.put_at(Midtvejsstatus::id(&aftale), &status, author);
        }
        let cycle = Meeting::midtvejs_cycle(self.today);
        let first = fractional_index::after(None);
        let help = HelpOffer {
            to: id(SCHOOL),
            from: id(NEIGHBOUR),
            text: "To af vores lærere kommer gerne over og viser, hvordan morgensangen begyndte.".into(),
            order: Some(first.clone()),
            ..HelpOffer::default()
        };
        let decision = MeetingDecision {
            text: "Skolen ved Søen besøger Bakkeskolen en morgen.".into(),
            who: LEADER.into(),
            unit: id(SCHOOL),
            by: Some(self.day(45)),
            order: Some(first),
        };
        let mut meeting = Meeting::midtvejs(cycle);
        meeting.offers.extend(with_ids([("tilbud-morgensang", help)]));
        meeting.decisions.extend(with_ids([("beslutning-besoeg", decision)]));
        self.put_at(Meeting::midtvejs_id(cycle), &meeting, SECRETARIAT);
    }

    /// Adds the example goals of a school to an agreement. `change` edits each goal; it receives the goal's index.
    fn goals(&mut self, agreement: &str, change: &mut dyn FnMut(usize, &mut Goal), author: &str) {
        let Some(aftale) = id(&format!("aftale-{agreement}")) else { return };
        let mut number = 0;
        let mut mint = || {
            number += 1;
            id(&format!("indsats-{agreement}-{number}")).unwrap_or_else(|| aftale.clone())
        };
        let goals = begin::examples(Some(EnhedKind::Skole), &aftale, &mut mint);
        for (index, mut goal) in goals.into_iter().enumerate() {
            change(index, &mut goal);
            self.put(&format!("maal-{agreement}-{}", index + 1), &goal, author);
        }
    }

    /// Adds the quality report of the cycle, begun with one good story.
    fn report(&mut self) {
        let mut report = Rapport {
            title: UserText(format!("Kvalitetsrapport {}", self.cycle())),
            writers: SECRETARIAT.into(),
            to_parents: "To ting fylder i de næste to år: at alle er til stede, og at alle har en ven.".into(),
            ..Rapport::default()
        };
        let story = Story {
            title: "Morgensang gav ro".into(),
            text: "På Bakkeskolen begynder dagen nu med sang. Flere kommer til tiden, og børnene taler selv om det."
                .into(),
            place: "Bakkeskolen".into(),
            origin: id(NEIGHBOUR_TRIAL),
            order: Some(fractional_index::after(None)),
        };
        report.stories.extend(with_ids([("historie-morgensang", story)]));
        self.put_at(Rapport::id(None, self.cycle()), &report, SECRETARIAT);
    }
}

/// Returns entries with their ids, which have the prefix too: the package and the report of a cycle have the same id in
/// every municipality.
fn with_ids<T, const N: usize>(entries: [(&str, T); N]) -> impl Iterator<Item = (Id, T)> {
    entries.into_iter().filter_map(|(name, entry)| Some((id(name)?, entry)))
}
