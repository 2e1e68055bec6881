//! A unit's own indicators. A unit can have any number of them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fundament::{self, Sort as ItemSort};
use crate::domain::id::Id;
use crate::domain::indicator::OwnIndicator;
use crate::domain::measure::Measure;
use crate::domain::measure::Wanted;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::parts;
use crate::ui::kit::components::{FieldExtras, FieldType, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::figures::BodyChange;

/// Section with a button that creates an own indicator and opens its page.
#[component]
pub(crate) fn NewIndicator(app: AppContext, unit: Id) -> BuiltView {
    let create_indicator = move || {
        let id = platform::ids::new_id();
        let own = OwnIndicator { unit: Some(unit.clone()), ..OwnIndicator::default() };
        app.workspace.create(id.clone(), &own);
        platform::navigation::go_to(&Route::Indikator(id.to_string()).to_string());
    };
    markup!(
        r#"
        <section class="part no-print">
            <h2>Mangler I en indikator?</h2>
            <p>I kan følge jeres egne tal ved siden af de fælles, så mange I vil.</p>
            {}
        </section>"#,
        button("Opret egen indikator", create_indicator)
    )
}

/// Form for an own indicator: name, measurement, unit, wanted direction, pejlemærke.
#[component]
pub(crate) fn OwnIndicatorForm(app: AppContext, id: Id) -> BuiltView {
    const DIRECTIONS: [Wanted; 2] = [Wanted::Up, Wanted::Down];
    let workspace = app.workspace;
    let read_indicator = {
        let id = id.clone();
        Rc::new(move || app.body::<OwnIndicator>(Some(&id)))
    };
    let change_indicator: BodyChange<OwnIndicator> = {
        let id = id.clone();
        Rc::new(move |change| {
            workspace.edit::<OwnIndicator>(&id, &mut Focus::default(), |indicator| change(indicator));
            workspace.save_now();
        })
    };
    let goals: Vec<(Option<Id>, &'static str)> = std::iter::once((None, "Intet – den er helt lokal"))
        .chain(
            fundament::present_at_hand()
                .into_iter()
                .flat_map(|edition| edition.of_sort(ItemSort::Pejlemaerke))
                .map(|goal| (Id::parse(&goal.id), goal.label.as_str())),
        )
        .collect();
    let measures: Vec<Measure> = Measure::each().collect();
    let measure_words = measures.iter().map(|measure| measure.danish()).collect();
    let goal_words = goals.iter().map(|(_, words)| *words).collect();
    let (read_for_measure, read_for_wanted, read_for_goal) =
        (Rc::clone(&read_indicator), Rc::clone(&read_indicator), read_indicator);
    let (pick_measure, pick_wanted, pick_goal) =
        (Rc::clone(&change_indicator), Rc::clone(&change_indicator), change_indicator);
    let (shown_measures, shown_goals) = (measures.clone(), goals.clone());
    build_view(view! {
        <section class="part form" id=parts::OWN>
            <h2>"Om indikatoren"</h2>
            <RecordText workspace record=id.clone() path=Path::root("name") label="Indikatorens navn" help="Sig gerne den ønskede retning: «Flere leger ude»."/>
            <RecordText workspace record=id.clone() path=Path::root("about") label="Hvordan måles der?" help="Ingen navne eller initialer på børn." sort=FieldType::Text/>
            <RadioGroup
                id="own-measure"
                legend="Tallet er"
                options=measure_words
                value=Rc::new(move || {
                    let measure = read_for_measure().measure.unwrap_or(Measure::Percent);
                    shown_measures.iter().position(|shown| *shown == measure)
                })
                on_pick=Rc::new(move |index| pick_measure(&|indicator| indicator.measure = measures.get(index).copied()))
            />
            <FieldExtras workspace record=id.clone() path=Path::root("measure") about="måleenheden"/>
            <RadioGroup
                id="own-wanted"
                legend="Ønsket retning"
                options=vec!["Op", "Ned"]
                value=Rc::new(move || DIRECTIONS.iter().position(|direction| *direction == read_for_wanted().wanted.unwrap_or_default()))
                on_pick=Rc::new(move |index| pick_wanted(&|indicator| indicator.wanted = DIRECTIONS.get(index).copied()))
            />
            <FieldExtras workspace record=id.clone() path=Path::root("wanted") about="den ønskede retning"/>
            <RadioGroup
                id="own-goal"
                legend="Den siger noget om"
                options=goal_words
                value=Rc::new(move || {
                    let goal = read_for_goal().pejlemaerke;
                    shown_goals.iter().position(|(shown, _)| *shown == goal)
                })
                on_pick=Rc::new(move |index| pick_goal(&|indicator| indicator.pejlemaerke = goals.get(index).and_then(|(goal, _)| goal.clone())))
            />
            <FieldExtras workspace record=id path=Path::root("pejlemaerke") about="pejlemærket"/>
        </section>
    })
}

/// Builds the form for an own indicator. Empty for a common indicator, which cannot be changed here.
pub(crate) fn own_indicator_form(app: AppContext, is_own: bool, id: &str) -> BuiltView {
    let id = id.to_owned();
    dynamic_view(move || match Id::parse(&id).filter(|_| is_own) {
        Some(id) => build_view(view! { <OwnIndicatorForm app id/> }),
        None => build_view(""),
    })
}
