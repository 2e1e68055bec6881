//! The page on which a forum takes a position on the data package (datapakke): how much each pattern weighs, and which
//! themes to choose [FIF-12]. The answer is the forum's; it goes to the secretariat as a file.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the choice of a forum; the page without a package |
//! | `answer` | the answer of one forum |
//! | `paper` | the sheet for a meeting, printed |

mod answer;
mod paper;

use leptos::prelude::*;

use crate::domain::package::FeedbackForum;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click};
use crate::ui::pages::agreement::package::PackageContext;
use crate::ui::pages::agreement::package::forums::{answer_status, choose_file};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// Page of the answers of the forums: of the forum with a name, or the choice of one.
#[component]
pub(crate) fn FeedbackPage(app: AppContext, forum: Option<String>) -> BuiltView {
    let forum = forum.and_then(|name| FeedbackForum::parse(&name));
    dynamic_view(move || {
        let Some(ctx) = PackageContext::current(app) else { return build_view(()) };
        // Only whether there is a package: typing in it must not rebuild the page.
        let can_be_answered = {
            let ctx = ctx.clone();
            Memo::new(move |_| ctx.body().can_be_answered())
        };
        dynamic_view(move || match forum {
            _ if !can_be_answered.get() => without_package(&ctx),
            Some(forum) => answer::answer(&ctx, forum),
            None => forum_choice(&ctx),
        })
    })
}

/// Returns what a forum is asked.
const fn question(forum: FeedbackForum) -> &'static str {
    match forum {
        FeedbackForum::Lederforum => {
            "I siger, hvor tungt mønstrene vejer, og prioriterer de temaer, vi skal samles om de næste to år."
        }
        FeedbackForum::Committee => {
            "I siger, hvor tungt mønstrene vejer, og prioriterer temaerne sammen med BU Lederforum."
        }
        FeedbackForum::JointMed => {
            "I giver feedback på mønstre og temaer. Den går med, når der besluttes, men den afgør det ikke."
        }
    }
}

/// Builds the page of a browser that has no patterns or themes of the cycle.
fn without_package(ctx: &PackageContext) -> BuiltView {
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/hjulet/feedback">Hjulet</a> · {}</p>
            <h1>Datapakken er her ikke endnu</h1>
            <p class="purpose">BU Lederforum, Børne- og Ungdomsudvalget og FællesMED tager her stilling til mønstrene og temaerne. De kommer i en fil fra sekretariatet.</p>
            <p class="buttons">{}</p>
        </header>
        <p class="help">Har du ikke filen, så bed sekretariatet om den. Du behøver hverken navn eller enhed for at svare.</p>"##,
        ctx.cycle.to_string(),
        button_with_class("primary", "Åbn sekretariatets datapakke", on_click(choose_file))
    )
}

/// Builds the choice of a forum.
fn forum_choice(ctx: &PackageContext) -> BuiltView {
    let statuses = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let package = ctx.body();
            FeedbackForum::ALL.map(|forum| (forum, answer_status(&package, forum)))
        })
    };
    let rows = dynamic_view(move || {
        let row = |(forum, status): (FeedbackForum, String)| {
            let address = Route::Feedback(Some(forum.name().to_owned())).to_string();
            markup!(
                r#"<li><h2><a href="{}">{}</a></h2><p>{}</p><p class="help">{}</p></li>"#,
                address,
                forum.danish(),
                question(forum),
                status
            )
        };
        markup!(r#"<ul class="forum-choice">{}</ul>"#, statuses.get().map(row).into_iter().collect::<Vec<_>>())
    });
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/hjulet/feedback">Hjulet</a> · <a href="#/datapakke">Datapakke {}</a></p>
            <h1>Tag stilling til mønstre og temaer</h1>
            <p class="purpose">Vælg det forum, I svarer for. Svaret er forummets og ikke en persons: skriv det ét sted, for eksempel på mødet.</p>
        </header>
        <div>{}</div>"##,
        ctx.cycle.to_string(),
        rows
    )
}
