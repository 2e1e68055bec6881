//! Practice of several units, and a story: a positive deviation, a prototype with two versions, and a trial that the
//! school took up from a neighbouring school.

use crate::domain::deviation::Deviation;
use crate::domain::goal::Anchor;
use crate::domain::id::Id;
use crate::domain::proevehandling::{Proevehandling, Tek};
use crate::domain::prototype::{Prototype, PrototypeVersion};
use crate::domain::unit_story::UnitStory;

use super::{Demo, DemoSink, LEADER, NEIGHBOUR_TRIAL, SCHOOL, figures, id, with_ids};

/// Adds the practice and the story.
pub(super) fn add<S: DemoSink>(demo: &mut Demo<'_, S>) {
    deviation(demo);
    prototype(demo);
    taken_up_trial(demo);
    story(demo);
}

/// Adds what a daycare house found: practice that works there already.
fn deviation<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let mut deviation = Deviation {
        title: "Rolig garderobe".into(),
        unit: id("maelkevejen"),
        place: "På Rød stue, hvor der er lige så mange børn og lige så lidt plads som på de andre stuer.".into(),
        practice: "Fem børn går i garderoben ad gangen. De andre synger med en voksen, til det er deres tur.".into(),
        reason: "Den voksne har tid til at vente, til barnet selv kan.".into(),
        elsewhere: "Alle steder, hvor mange skal det samme på én gang.".into(),
        tek_before: Some(Tek { trivsel: Some(-1), effekt: Some(0), kvalitet: Some(-1) }),
        tek_after: Some(Tek { trivsel: Some(2), effekt: Some(1), kvalitet: Some(1) }),
        plain: "Vi går i garderoben i små hold. Så er der ro, og børnene kan selv nå at tage tøj på.".into(),
        in_catalogue: Some(true),
        shared: Some(true),
        ..Deviation::default()
    };
    deviation.anchors.extend(indicator("social-trivsel"));
    demo.put("afvigelse-garderobe", &deviation, "Eva Lind");
}

/// Adds a prototype of the school. Its second version stands.
fn prototype<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let first = PrototypeVersion {
        text: "En tavle ved indgangen med dagens skema i ord.".into(),
        outcome: "De store læste den. De små gik forbi.".into(),
        date: Some(demo.day(-90)),
        order: Some("a0".to_owned()),
        ..PrototypeVersion::default()
    };
    let second = PrototypeVersion {
        text: "En tavle i børnehøjde med ét billede for hver del af dagen.".into(),
        change: "Billeder i stedet for ord, og tavlen er flyttet ned.".into(),
        reason: "De små kan ikke læse endnu, og de skal selv kunne pege.".into(),
        outcome: "Flere ved, hvad der skal ske, og der er mindre uro efter frikvarteret.".into(),
        date: Some(demo.day(-40)),
        order: Some("a1".to_owned()),
    };
    let mut prototype = Prototype {
        title: "Tavlen ved indgangen".into(),
        unit: id(SCHOOL),
        need: "De yngste spørger hele dagen, hvad der nu skal ske.".into(),
        standing: id("tavle-2"),
        tek_before: Some(Tek { trivsel: Some(1), effekt: Some(1), kvalitet: Some(1) }),
        tek_after: Some(Tek { trivsel: Some(1), effekt: Some(2), kvalitet: Some(1) }),
        plain: "Ved indgangen hænger en tavle med billeder. Den viser, hvad der sker i dag.".into(),
        in_catalogue: Some(true),
        shared: Some(true),
        ..Prototype::default()
    };
    prototype.versions.extend(with_ids([("tavle-1", first), ("tavle-2", second)]));
    prototype.anchors.extend(indicator("faglig-trivsel"));
    demo.put("prototype-tavle", &prototype, LEADER);
}

/// Adds the trial with which the school has taken up the trial of its neighbour.
fn taken_up_trial<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let trial = Proevehandling {
        title: "Morgensang på 5. årgang".into(),
        unit: id(SCHOOL),
        context: "Timerne begynder uroligt om mandagen.".into(),
        idea: "Mandag begynder med ti minutters sang på tværs af 5. årgang.".into(),
        signs_of_progression: "Flere er der, når klokken ringer.".into(),
        expected_effect: "Roligere første time.".into(),
        period: Some(demo.span(-8, 50)),
        built_on: id(NEIGHBOUR_TRIAL),
        credit: "efter en idé fra Bakkeskolen".into(),
        ..Proevehandling::default()
    };
    demo.put("proeve-morgensang", &trial, LEADER);
}

/// Adds a story of the school, with a figure beside it.
fn story<S: DemoSink>(demo: &mut Demo<'_, S>) {
    let school = id(SCHOOL);
    let absence = Id::parse("fravaer");
    let story = UnitStory {
        title: "De ringede, før vi nåede at bekymre os".into(),
        text: "En forælder fortalte, at opkaldet samme dag gjorde det lettere for barnet at komme tilbage.".into(),
        date: Some(demo.day(-20)),
        series: school.as_ref().zip(absence).and_then(|(school, absence)| Id::derived(school, &absence)),
        period: Some(figures::last_school_year(demo)),
        unit: school,
        shared: Some(true),
    };
    demo.put("historie-opkald", &story, LEADER);
}

/// Returns the anchor to an indicator, under its id.
fn indicator(name: &str) -> Option<(Id, Anchor)> {
    Id::parse(name).map(|id| (id.clone(), Anchor::Indicator(id)))
}
