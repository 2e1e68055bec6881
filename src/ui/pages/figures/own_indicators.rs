//! A unit's own indicators: as many as it likes.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fundament::{self, Sort as ItemSort};
use crate::domain::id::Id;
use crate::domain::indicator::OwnIndicator;
use crate::domain::measure::Measure;
use crate::domain::measure::Wanted;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Choices, FieldType, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::figures::BodyChange;

/// The way to an indicator of one's own.
#[component]
pub(crate) fn NewIndicator(desk: AppContext, unit: Id) -> BuiltView {
    let begin = move || {
        let id = platform::ids::mint();
        let own = OwnIndicator { unit: Some(unit.clone()), ..OwnIndicator::default() };
        desk.workspace.create(id.clone(), &own);
        platform::navigation::go_to(&Route::Indikator(id.to_string()).to_string());
    };
    markup!(
        r#"
        <section class="part no-print">
            <h2>Mangler I en indikator?</h2>
            <p>I kan følge jeres egne tal ved siden af de fælles, så mange I vil.</p>
            {}
        </section>"#,
        button("Opret egen indikator", begin)
    )
}

/// What an own indicator is: its name, how it is measured, which way is better, what it hangs on.
#[component]
pub(crate) fn AboutOwn(desk: AppContext, id: Id) -> BuiltView {
    const WAYS: [Wanted; 2] = [Wanted::Up, Wanted::Down];
    let workspace = desk.workspace;
    let own = {
        let id = id.clone();
        Rc::new(move || desk.body::<OwnIndicator>(Some(&id)))
    };
    let write: BodyChange<OwnIndicator> = {
        let id = id.clone();
        Rc::new(move |change| {
            workspace.edit::<OwnIndicator>(&id, &mut Focus::default(), |own| change(own));
            workspace.save_now();
        })
    };
    let goals: Vec<(Option<Id>, &'static str)> = std::iter::once((None, "Intet – den er helt lokal"))
        .chain(
            fundament::at_hand()
                .into_iter()
                .flat_map(|edition| edition.of_sort(ItemSort::Pejlemaerke))
                .map(|goal| (Id::parse(&goal.id), goal.label.as_str())),
        )
        .collect();
    let measures: Vec<Measure> = Measure::each().collect();
    let measure_words = measures.iter().map(|measure| measure.danish()).collect();
    let goal_words = goals.iter().map(|(_, words)| *words).collect();
    let (own_measure, own_wanted, own_goal) = (Rc::clone(&own), Rc::clone(&own), own);
    let (pick_measure, pick_wanted, pick_goal) = (Rc::clone(&write), Rc::clone(&write), write);
    let (shown_measures, shown_goals) = (measures.clone(), goals.clone());
    build_view(view! {
        <section class="part form">
            <h2>"Om indikatoren"</h2>
            <RecordText workspace record=id.clone() path=Path::root("name") label="Indikatorens navn" help="Sig gerne den ønskede retning: «Flere leger ude»."/>
            <RecordText workspace record=id.clone() path=Path::root("about") label="Hvordan måles der?" sort=FieldType::Text/>
            <RadioGroup
                id="own-measure"
                legend="Tallet er"
                options=measure_words
                value=Rc::new(move || {
                    let measure = own_measure().measure.unwrap_or(Measure::Percent);
                    shown_measures.iter().position(|own| *own == measure)
                })
                on_pick=Rc::new(move |place| pick_measure(&|own| own.measure = measures.get(place).copied()))
            />
            <Choices workspace record=id.clone() path=Path::root("measure") about="måleenheden"/>
            <RadioGroup
                id="own-wanted"
                legend="Ønsket retning"
                options=vec!["Op", "Ned"]
                value=Rc::new(move || WAYS.iter().position(|way| *way == own_wanted().wanted.unwrap_or_default()))
                on_pick=Rc::new(move |place| pick_wanted(&|own| own.wanted = WAYS.get(place).copied()))
            />
            <Choices workspace record=id.clone() path=Path::root("wanted") about="den ønskede retning"/>
            <RadioGroup
                id="own-goal"
                legend="Den siger noget om"
                options=goal_words
                value=Rc::new(move || {
                    let goal = own_goal().pejlemaerke;
                    shown_goals.iter().position(|(own, _)| *own == goal)
                })
                on_pick=Rc::new(move |place| pick_goal(&|own| own.pejlemaerke = goals.get(place).and_then(|(goal, _)| goal.clone())))
            />
            <Choices workspace record=id path=Path::root("pejlemaerke") about="pejlemærket"/>
        </section>
    })
}

/// What can be changed of an indicator: of an own one everything, of the common ones nothing here.
pub(crate) fn about(desk: AppContext, is_own: bool, id: &str) -> BuiltView {
    let id = id.to_owned();
    dynamic_view(move || match Id::parse(&id).filter(|_| is_own) {
        Some(id) => build_view(view! { <AboutOwn desk id/> }),
        None => build_view(""),
    })
}
