//! The receipt of a saved file: its name, the folder that it is in, and ways to send it to somebody.
//!
//! Every saved file has a receipt, whichever page saved the file. The receipt stays until the user closes it, or saves
//! or opens another file.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::exchange::receipt::{FileContent, Mail, MailDetails, mail};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_label, dynamic_text, dynamic_view, on_click, or_empty, toggle_button,
};
use crate::ui::pages::data::import::{Files, Receipt};
use crate::ui::platform;
use crate::ui::platform::files::ShareOutcome;

/// Shows the receipt of the latest saved file, if there is one.
pub(crate) fn receipt_view(files: Files) -> BuiltView {
    dynamic_view(move || or_empty(files.receipt().map(|receipt| view(files, &receipt))))
}

/// Shows a receipt.
fn view(files: Files, receipt: &Receipt) -> BuiltView {
    let name = receipt.file.name.as_str();
    let content = FileContent::of(name);
    let address = platform::navigation::page_address();
    let sender = files.app().person.with_untracked(|person| person.name.clone());
    let details =
        MailDetails { address: &address, sender: &sender, is_locked: receipt.is_locked, delete_by: receipt.delete_by };
    let outcome = RwSignal::new("");
    let send = content.recipient().zip(mail(name, details)).map(|(recipient, mail)| {
        let is_open = RwSignal::new(false);
        let label = format!("Send den til {recipient}");
        let text = dynamic_view(move || or_empty(is_open.get().then(|| mail_view(&mail, outcome))));
        (toggle_button(label.clone(), label, is_open), text)
    });
    let (send, mail_text) = send.unzip();
    let share = receipt.file.share_data().map(|data| {
        let label = if content.recipient().is_some() { "Del filen …" } else { "Læg den et andet sted …" };
        button(label, move || {
            let data = data.clone();
            spawn_local(async move {
                outcome.try_set(match platform::files::share(&data).await {
                    ShareOutcome::Shared => "Filen er givet videre.",
                    ShareOutcome::Cancelled => "Du delte den ikke. Filen ligger, hvor den blev gemt.",
                    ShareOutcome::Failed => {
                        "Enheden kunne ikke dele filen. Den ligger, hvor den blev gemt; vedhæft den i en mail i stedet."
                    }
                });
            });
        })
    });
    let close = {
        let file = receipt.file.clone();
        move || {
            files.close_receipt();
            file.return_focus();
        }
    };
    let on_escape = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                close();
            }
        }
    };
    let advice = content.advice().map(|words| markup!("<p>{}</p>", words));
    let body = markup!(
        r#"
        <div class="receipt-head">
            <p role="status"><strong>{}</strong> er gemt. Den ligger i mappen Overførsler (Downloads), hvis du ikke har valgt en anden i browseren.</p>
            {}
        </div>
        {}
        <div class="buttons">{}{}</div>
        {}
        <p class="help" role="status">{}</p>"#,
        name,
        button_with_label("quiet", "Luk", "Luk beskeden om filen".to_owned(), on_click(close)),
        advice,
        send,
        share,
        mail_text,
        dynamic_text(move || outcome.get().to_owned())
    );
    build_view(
        view! { <section class="receipt no-print" aria-label="Filen er gemt" on:keydown=on_escape>{body}</section> },
    )
}

/// Shows a mail, with buttons to copy its parts. The file itself is attached by hand.
fn mail_view(mail: &Mail, outcome: RwSignal<&'static str>) -> BuiltView {
    let copy = |label: &'static str, text: &str| {
        let text = text.to_owned();
        button(label, move || {
            let text = text.clone();
            spawn_local(async move {
                outcome.try_set(if platform::clipboard::copy(&text).await {
                    "Kopieret. Sæt det ind i din mail, og vedhæft filen."
                } else {
                    "Browseren ville ikke kopiere. Markér teksten, og kopiér den selv."
                });
            });
        })
    };
    markup!(
        r#"
        <div class="receipt-mail">
            <div class="field"><label for="receipt-subject">Mailens emne</label><input id="receipt-subject" type="text" readonly value="{}"></div>
            <div class="field"><label for="receipt-body">Mailens tekst</label><textarea id="receipt-body" rows="8" readonly>{}</textarea></div>
            <div class="buttons">{}{}</div>
            <p class="help">Vedhæft filen i mailen. Den ligger, hvor den blev gemt.</p>
        </div>"#,
        mail.subject.as_str(),
        mail.body.as_str(),
        copy("Kopiér emnet", &mail.subject),
        copy("Kopiér teksten", &mail.body)
    )
}
