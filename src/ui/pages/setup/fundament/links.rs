//! A place for a link to the municipality's own page: followed by all, filled by whoever knows the address.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fundament::FundamentItem;
use crate::domain::id::Id;
use crate::domain::links::{Links, address, host};
use crate::record::path::Path;

use crate::ui::kit::components::RecordText;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::app_context::AppContext;

/// The place of one link.
#[component]
pub(crate) fn LinkSlot(desk: AppContext, item: &'static FundamentItem) -> BuiltView {
    let (Some(record), Some(place)) = (Links::id(), Id::parse(&item.id)) else { return build_view("") };
    let link = {
        let record = record.clone();
        move || {
            let links = desk.body::<Links>(Some(&record));
            links.addresses.get(&place).and_then(|text| address(text.as_str())).map(str::to_owned)
        }
    };
    let ensure = {
        let record = record.clone();
        move || desk.workspace.ensure(&record, || Links { title: "Kommunens egne sider".into(), ..Links::default() })
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
            workspace=desk.workspace
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
            <p>{}</p>
            {}
            <details class="more"><summary>Skriv adressen</summary>{}</details>
        </section>"#,
        item.id.as_str(),
        item.label.as_str(),
        item.text.as_str(),
        shown,
        build_view(field)
    )
}
