//! The school whose leader the visitor is: its agreement with the head of department, trials, conversation, reflection,
//! and when it takes up the four views.

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::progress::NoIndicators;
use crate::domain::aftale::state::AftaleEvent;
use crate::domain::aftale::version::{Version, fingerprint, write_content};
use crate::domain::aftale::{Aftale, FollowUpEntry, Party, begin};
use crate::domain::comment::Comment;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::Level;
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Goal, InitiativeStatus};
use crate::domain::id::Id;
use crate::domain::instrument::{self, Answer};
use crate::domain::proevehandling::Proevehandling;
use crate::domain::progress::{ProgressMark, ProgressStage, WheelProgress};
use crate::domain::reflection::Reflection;
use crate::domain::samtale::{Agenda, Released, Samtale, Topic};
use crate::domain::syn_review::SynReview;
use crate::domain::text::UserText;
use crate::domain::unit_task::UnitTask;

use super::{Demo, DemoSink, HEAD, LEADER, SCHOOL, figures, id, with_ids};

/// The id of the agreement.
pub(super) const AGREEMENT: &str = "aftale-soeen";

/// The school's own core services, by the name in the id.
const TASKS: [(&str, &str); 2] = [
    ("opgave-undervisning", "Undervisning, som alle kan være med i"),
    ("opgave-faellesskab", "Et fællesskab, som alle hører til i"),
];

/// Where the nine opposites are placed, now and as wished, from −3 to 3.
const ANSWERS: [(i8, i8); 9] = [(-2, 1), (-1, 1), (0, 1), (-3, 0), (1, 2), (-1, 0), (0, 0), (-2, 2), (1, 1)];

/// Adds the school's records.
pub(super) fn add<S: DemoSink>(demo: &mut Demo<'_, S>) {
    agreement(demo);
    conversation(demo);
    tasks(demo);
    trials(demo);
    reflection(demo);
    progress(demo);
    four_views(demo);
}

/// Adds the agreement, in force, with an initiative that is late, one that runs, and a question in the margin.
fn agreement<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let mut goals = Vec::new();
    let late = demo.span(-110, -12);
    let running = demo.span(-60, 90);
    let next = demo.span(9, 160);
    demo.goals(
        "soeen",
        &mut |index, goal: &mut Goal| {
            let (span, status) = match index {
                0 => (late, Some(InitiativeStatus::Running)),
                1 => (next, Some(InitiativeStatus::Planned)),
                _ => (running, Some(InitiativeStatus::Running)),
            };
            for (_, initiative) in goal.initiatives.iter_mut() {
                initiative.responsible = "Teamlederne".into();
                initiative.period = Some(span);
                initiative.status = status;
            }
            goals.push((id(&format!("maal-soeen-{}", index + 1)), goal.clone()));
        },
        LEADER,
    );
    let mut head = begin::head(id(SCHOOL), demo.cycle_in_force(), Level::new(3));
    (head.leader, head.counterpart) = (LEADER.into(), HEAD.into());
    head.background = "Samtalen i foråret handlede om fravær og om at høre til.".into();
    head.employees = "Personalet valgte de to første mål på en temadag.".into();
    head.parents = "Bestyrelsen har drøftet fraværet to gange.".into();
    head.children = "Elevrådet foreslog klassens tid.".into();
    let goals = goals.into_iter().filter_map(|(goal_id, goal)| Some((goal_id?, goal))).collect();
    sign(demo, "soeen", &mut head, "Skolen ved Søen", goals);
    let entry = FollowUpEntry {
        text: "Teamet for mellemtrinnet ringer nu hjem samme dag. Fire familier har sagt tak.".into(),
        date: Some(demo.day(-35)),
    };
    head.log.extend(with_ids([("log-ringer-hjem", entry)]));
    demo.put(AGREEMENT, &head, LEADER);
    let comment = Comment {
        text: "Hvordan har de unge selv været med i det her?".into(),
        on: id("maal-soeen-1"),
        author: HEAD.into(),
        date: Some(demo.day(-3)),
        ..Comment::default()
    };
    demo.put("kommentar-unge", &comment, HEAD);
}

/// Lets both parties agree to an agreement before it comes into force, and adds the version that they agree to. `name`
/// is the name of the agreement in ids, and `unit` the Danish name of the unit.
pub(super) fn sign<S: DemoSink>(
    demo: &mut Demo<'_, S>,
    name: &str,
    head: &mut Aftale,
    unit: &str,
    goals: Vec<(Id, Goal)>,
) {
    let begins = head.period.and_then(|span| span.from).unwrap_or(demo.today);
    let before = |days: i64| begins.plus_days(-days).unwrap_or(begins);
    let bundle = AgreementBundle {
        head: head.clone(),
        unit: unit.to_owned(),
        goals: AgreementBundle::in_order(goals),
        ..AgreementBundle::default()
    };
    let content = write_content(&bundle, &NoIndicators, 1, None, before(60));
    let version = fingerprint(&content);
    let facts = [id(&format!("{name}-delt")), id(&format!("{name}-laast"))];
    if let ([Some(shared), Some(frozen)], Some(version)) = (facts, &version) {
        head.record_event(shared, AftaleEvent::Shared, before(80), None);
        head.record_event(frozen, AftaleEvent::Frozen, before(60), Some(version.clone()));
        head.record_assent(version, Party::Leader, before(58));
        head.record_assent(version, Party::Counterpart, before(49));
    }
    let author = head.leader.as_str();
    let frozen = Version {
        title: UserText(format!("1 af {}", head.title.as_str())),
        aftale: id(&format!("aftale-{name}")),
        content: UserText(content),
    };
    demo.put_at(version, &frozen, author);
}

/// Adds the conversation of the cycle, prepared by both, and the dialogue about the figure that it is about.
fn conversation<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let Some(unit) = id(SCHOOL) else { return };
    let mut samtale = Samtale {
        title: UserText(format!("Kvalitetssamtale {}", demo.cycle())),
        unit: Some(unit.clone()),
        date: Some(demo.day(16)),
        participants: "Anne Holm, Bo Lund og tillidsrepræsentanten".into(),
        ..Samtale::default()
    };
    let topic = Topic {
        title: "Færre med højt fravær".into(),
        indicator: Id::parse("hoejt-fravaer"),
        agenda: Some(Agenda::On),
        leader: "Fraværet samler sig om få elever, og vi kender dem godt.".into(),
        counterpart: "Hvad gør I i de klasser, hvor det går bedre?".into(),
        learned: "Kontakten samme dag betyder mere end brevet efter fjorten dage.".into(),
        released: Some(Released::ToReport),
        ..Topic::default()
    };
    // A topic that is proposed from the figures has the id of its indicator.
    samtale.topics.extend(topic.indicator.clone().map(|id| (id, topic)));
    demo.put_at(Samtale::id(&unit, demo.cycle()), &samtale, LEADER);
    let period = figures::last_school_year(demo);
    let series = Id::parse("fravaer").and_then(|indicator| Id::derived(&unit, &indicator));
    let dialogue = Dialogue {
        series: series.clone(),
        period: Some(period),
        assessment: "Det samlede fravær er som på de andre skoler. Det er de få med meget, der vokser.".into(),
        children: "Det er svært at komme tilbage, når man har været væk længe.".into(),
        parents: "Vi vil gerne ringes op før.".into(),
        professionals: "Vi ser det i uge to, ikke i uge seks.".into(),
        question: "Hvad ville det kræve at opdage det to uger før?".into(),
        released: Some(true),
        ..Dialogue::default()
    };
    demo.put_at(series.and_then(|series| Dialogue::id(&series, period)), &dialogue, LEADER);
}

/// Adds the school's own core services.
fn tasks<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let mut last = None::<String>;
    for (name, title) in TASKS {
        let order = fractional_index::after(last.as_deref());
        last = Some(order.clone());
        let task = UnitTask { title: title.into(), unit: id(SCHOOL), order: Some(order), ..UnitTask::default() };
        demo.put(name, &task, LEADER);
    }
}

/// Adds two trials: one to sum up, and one that runs. Each hangs on an indicator and a core service.
fn trials<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let anchors = |indicator: &str, (task, _): (&str, &str)| {
        let anchors = [Id::parse(indicator).map(Anchor::Indicator), id(task).map(Anchor::CoreService)];
        anchors.into_iter().flatten().map(|anchor| (anchor.id().clone(), anchor)).collect::<Vec<_>>()
    };
    let mut lunch = Proevehandling {
        title: "Frokost ude".into(),
        unit: id(SCHOOL),
        context: "Uroen begynder i spisefrikvarteret.".into(),
        idea: "5. årgang spiser ude hver tirsdag og torsdag, sammen med en voksen.".into(),
        signs_of_progression: "Færre konflikter kommer med ind i timen.".into(),
        expected_effect: "Roligere eftermiddage.".into(),
        period: Some(demo.span(-55, -6)),
        stop_rule: "Vi stopper, hvis nogen bliver holdt udenfor.".into(),
        ..Proevehandling::default()
    };
    lunch.anchors.extend(anchors("social-trivsel", TASKS[1]));
    demo.put("proeve-frokost", &lunch, LEADER);
    let mut pairs = Proevehandling {
        title: "Makkerlæsning på tværs".into(),
        unit: id(SCHOOL),
        idea: "2. og 6. årgang læser for hinanden tyve minutter om ugen.".into(),
        signs_of_progression: "De store spørger selv, hvornår det er.".into(),
        expected_effect: "Flere læser hver dag.".into(),
        period: Some(demo.span(-20, 40)),
        ..Proevehandling::default()
    };
    pairs.anchors.extend(anchors("faglig-trivsel", TASKS[0]));
    demo.put("proeve-makker", &pairs, LEADER);
}

/// Adds the leader's own reflection on the nine opposites.
fn reflection<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let Some(instrument) = instrument::instrument("modsaetninger") else { return };
    let mut reflection = Reflection {
        title: "Efter temadagen".into(),
        unit: id(SCHOOL),
        instrument: Some(instrument.id.clone()),
        date: Some(demo.day(-40)),
        try_next: "Spørge eleverne, før vi laver planen.".into(),
        ..Reflection::default()
    };
    for (item, (now, wanted)) in instrument.items.iter().zip(ANSWERS) {
        reflection.answers.insert(item.id.clone(), Answer { now: Some(now), wanted: Some(wanted) });
    }
    demo.put("refleksion-temadag", &reflection, LEADER);
}

/// Marks the first element of the cycle as done.
fn progress<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let Some(unit) = id(SCHOOL) else { return };
    let mut progress = WheelProgress { unit: Some(unit.clone()), ..WheelProgress::default() };
    let mark = ProgressMark { stage: ProgressStage::Started, date: demo.day(-14) };
    if let Some(element) = Id::parse("kvalitetssamtale") {
        progress.elements.get_or_default(element).mark = Some(mark);
    }
    demo.put_at(WheelProgress::id(&unit, demo.cycle()), &progress, LEADER);
}

/// Adds what came of the four views last time, and the next day.
fn four_views<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let Some(unit) = id(SCHOOL) else { return };
    let mut review = SynReview { unit: Some(unit.clone()), next: Some(demo.day(120)), ..SynReview::default() };
    let outcome = "Vi vil spørge børnene, før vi svarer for dem. Vi prøver det på fjerde årgang først.";
    review.visits.insert(demo.day(-230), outcome.into());
    demo.put_at(SynReview::id(&unit), &review, LEADER);
}
