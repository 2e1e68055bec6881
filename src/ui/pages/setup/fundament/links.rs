//! A link to a page of the municipality. Everybody may follow the link; whoever knows the address may enter it.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fundament::FundamentItem;
use crate::domain::id::Id;
use crate::domain::links::{Links, address, host};
use crate::record::path::Path;

use super::items::proposal_tag;
use crate::ui::kit::components::RecordText;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::app_context::AppContext;

/// Shows one link, with a field for its address.
#[component]
pub(crate) fn LinkSlot(app: AppContext, item: &'static FundamentItem) -> BuiltView {
    let (Some(record), Some(link_id)) = (Links::id(), Id::parse(&item.id)) else { return build_view("") };
    let link = {
        let record = record.clone();
        move || {
            let links = app.body::<Links>(Some(&record));
            links.addresses.get(&link_id).and_then(|text| address(text.as_str())).map(str::to_owned)
        }
    };
    let ensure = {
        let record = record.clone();
        move || app.workspace.ensure(&record, || Links { title: "Kommunens egne sider".into(), ..Links::default() })
    };
    let shown = dynamic_view(move || match link() {
        Some(address) => markup!(
            r#"<p><a href="{}" rel="noreferrer" target="_blank">{} (åbner i et nyt vindue)</a> <span class="help">Fører til {}</span></p>"#,
            address.as_str(),
            item.label.as_str(),
            host(&address).unwrap_or_default()
        ),
        None => markup!(r#"<p class="help">Der er ikke skrevet en adresse endnu.</p>"#),
    });
    let field = view! {
        <RecordText
            workspace=app.workspace
            path=Path::root("addresses").child(&item.id)
            record
            label="Adresse"
            help="Kopiér hele adressen fra kommunens egen side; den begynder med https. Den følger kun med i sekretariatets datapakke."
            make=Rc::new(ensure)
        />
    };
    markup!(
        r#"
        <section class="slot" id="{}">
            <h3>{}</h3>
            <p>{} {}</p>
            {}
            <details class="more"><summary>Skriv adressen</summary>{}</details>
        </section>"#,
        item.id.as_str(),
        item.label.as_str(),
        item.text.as_str(),
        proposal_tag(item),
        shown,
        build_view(field)
    )
}
