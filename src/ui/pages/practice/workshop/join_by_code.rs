//! The way into a workshop for a participant who has its code and no link.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::svarkode::CodeError;
use crate::domain::workshop::Setup;

use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;

/// The page with the field for the code of a workshop.
#[component]
pub(crate) fn JoinByCodePage() -> BuiltView {
    markup!(
        r#"
        <div class="join">
            <header class="page-head">
                <h1>Svar i en workshop</h1>
                <p class="purpose">Kan du ikke scanne QR-koden på væggen, så skriv workshoppens kode. Du skal ikke logge ind.</p>
            </header>
            {}
            <p class="help">Leder du selv en workshop, så gå <a href="{}">til workshops</a>.</p>
        </div>"#,
        code_form(),
        Route::Workshops.to_string()
    )
}

/// The field for the code, and the button that opens the workshop.
fn code_form() -> BuiltView {
    let (code, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match code.with_untracked(|code| Setup::from_code(code)) {
            Ok(setup) => {
                let link = setup.code().map_or_else(|| setup.link(), |code| code.replace('-', ""));
                platform::navigation::go_to(&Route::Join { link, code: None }.to_string());
            }
            Err(problem) => {
                error.set(Some(error_text(&problem)));
                inputs::focus_on("workshop-code".to_owned());
            }
        }
    };
    let described_by = move || if error.with(Option::is_some) { "workshop-code-error" } else { "workshop-code-help" };
    let is_invalid = move || error.with(Option::is_some).then_some("true");
    let refused = dynamic_view(move || {
        or_empty(
            error.get().map(|words| markup!(r#"<p class="error" id="workshop-code-error" role="alert">{}</p>"#, words)),
        )
    });
    build_view(view! {
        <form class="field join-code" novalidate on:submit=submit>
            <label for="workshop-code">"Workshoppens kode"</label>
            <input
                id="workshop-code"
                type="text"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                aria-describedby=described_by
                aria-invalid=is_invalid
                on:input:target=move |event| {
                    error.set(None);
                    code.set(event.target().value());
                }
            />
            <p class="help" id="workshop-code-help">"Syv tegn, for eksempel K7QM-3XP. Koden står på væggen ved siden af QR-koden."</p>
            {refused}
            <button type="submit" class="primary">"Gå til workshoppen"</button>
        </form>
    })
}

/// What is wrong with the code, and what to do.
fn error_text(error: &CodeError) -> String {
    match error {
        CodeError::Length(0) => "Skriv workshoppens kode.".to_owned(),
        CodeError::Length(8 | 15) => {
            "Det ligner en svarkode. Den skal du give til den, der leder workshoppen. Her skal du skrive workshoppens egen kode på syv tegn."
                .to_owned()
        }
        CodeError::Length(1) => "Koden har 1 tegn, og workshoppens kode har syv. Læs den igen.".to_owned(),
        CodeError::Length(found) => {
            format!("Koden har {found} tegn, og workshoppens kode har syv. Læs den igen.")
        }
        CodeError::Character(char) => format!("«{char}» findes ikke i en kode. Læs den igen."),
        // The code of a workshop belongs to no other one.
        CodeError::Mistyped | CodeError::Elsewhere => {
            "Et tegn i koden er forkert. Læs den igen, tegn for tegn.".to_owned()
        }
    }
}
