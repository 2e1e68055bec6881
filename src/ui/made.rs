//! A view that is built where it is described.
//!
//! Leptos gives every view a type that spells out all that is in it, and compiles the building, patching, hydrating and
//! re-owning of each type anew. This page is built in the browser alone, and what a person looks at changes seldom: so
//! at every seam (a component, a page, what comes and goes) the view is built at once, and all such seams have this one
//! type. What changes inside it patches itself; what is shown in its place replaces it. It took 11 KB (brotli) off the
//! four pages that there were, and each further page is spared as much.

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;

/// A view that has been built, and waits for its place in the page.
pub(super) struct Made(SendWrapper<Box<dyn Mountable>>);

/// Builds a view.
pub(super) fn made<V: IntoView<State: 'static>>(view: V) -> Made {
    // What views are made of belongs to its thread; Leptos asks for more than a page of one thread needs.
    Made(SendWrapper::new(Box::new(view.build())))
}

/// A built view in its place.
pub(super) struct InPlace(Box<dyn Mountable>);

impl Render for Made {
    type State = InPlace;

    fn build(self) -> InPlace {
        InPlace(self.0.take())
    }

    fn rebuild(self, state: &mut InPlace) {
        let mut new = self.build();
        state.0.insert_before_this(&mut new);
        state.0.unmount();
        *state = new;
    }
}

impl Mountable for InPlace {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

no_attrs!(Made);

/// What servers and hydration would ask of a view: there are none here.
impl RenderHtml for Made {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> InPlace {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
