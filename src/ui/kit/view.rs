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
use web_sys::MouseEvent;

/// A view that has been built, and waits for its place in the page.
pub(crate) struct BuiltView(SendWrapper<Box<dyn Mountable>>);

/// Builds a view.
pub(crate) fn build_view<V: IntoView<State: 'static>>(view: V) -> BuiltView {
    // What views are made of belongs to its thread; Leptos asks for more than a page of one thread needs.
    BuiltView(SendWrapper::new(Box::new(view.build())))
}

/// A view that is built anew whenever what it reads changes. All such have one type inside, whatever they read.
pub(crate) fn dynamic_view(view: impl Fn() -> BuiltView + 'static) -> BuiltView {
    let view: Box<dyn Fn() -> BuiltView> = Box::new(view);
    let view = SendWrapper::new(view);
    #[allow(clippy::redundant_closure, reason = "what is wrapped is no function itself")]
    build_view(move || view())
}

/// Words that change with what they are made from.
pub(crate) fn dynamic_text(words: impl Fn() -> String + 'static) -> BuiltView {
    let words: Box<dyn Fn() -> String> = Box::new(words);
    let words = SendWrapper::new(words);
    #[allow(clippy::redundant_closure, reason = "what is wrapped is no function itself")]
    build_view(move || words())
}

/// What a press does. All presses have one type.
pub(crate) fn on_click(act: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    let mut act = act;
    Box::new(move |_| act())
}

/// No view: where one comes and goes.
pub(crate) fn empty_view() -> BuiltView {
    build_view(())
}

/// A view that may not be there.
pub(crate) fn or_empty(view: Option<BuiltView>) -> BuiltView {
    view.unwrap_or_else(empty_view)
}

impl BuiltView {
    /// A view whose state is at hand already.
    pub(crate) fn from_state(state: impl Mountable + 'static) -> Self {
        Self(SendWrapper::new(Box::new(state)))
    }

    /// The view as what stands in the page.
    pub(crate) fn into_state(self) -> MountedView {
        self.build()
    }
}

/// A button that says what happens.
pub(crate) fn button(words: &'static str, act: impl FnMut() + 'static) -> BuiltView {
    button_with_class("", words, on_click(act))
}

/// A button of some class.
pub(crate) fn button_with_class(
    class: &'static str,
    words: &'static str,
    press: Box<dyn FnMut(MouseEvent)>,
) -> BuiltView {
    build_view(view! { <button type="button" class=class on:click=press>{words}</button> })
}

/// A button that says more to those who hear it than to those who see what it stands beside.
pub(crate) fn button_with_label(
    class: &'static str,
    words: &'static str,
    name: String,
    press: Box<dyn FnMut(MouseEvent)>,
) -> BuiltView {
    build_view(view! { <button type="button" class=class aria-label=name on:click=press>{words}</button> })
}

/// A button that unfolds something, and says whether it has.
pub(crate) fn toggle_button(words: String, name: String, is_open: RwSignal<bool>) -> BuiltView {
    let toggle = on_click(move || is_open.update(|is_open| *is_open = !*is_open));
    let expanded = move || if is_open.get() { "true" } else { "false" };
    build_view(view! {
        <button type="button" class="quiet" aria-label=name aria-expanded=expanded on:click=toggle>{words}</button>
    })
}

/// A box to tick.
pub(crate) fn checkbox(
    words: String,
    value: impl Fn() -> bool + 'static,
    on_tick: impl Fn(bool) + 'static,
) -> BuiltView {
    let value: SendWrapper<Box<dyn Fn() -> bool>> = SendWrapper::new(Box::new(value));
    #[allow(clippy::redundant_closure, reason = "what is wrapped is no function itself")]
    let value = move || value();
    let on_tick: Box<dyn Fn(bool)> = Box::new(on_tick);
    build_view(view! {
        <label class="option">
            <input
                type="checkbox"
                prop:checked=value
                on:change:target=move |event| on_tick(event.target().checked())
            />
            <span>{words}</span>
        </label>
    })
}

/// A built view in its place.
pub(crate) struct MountedView(Box<dyn Mountable>);

impl Render for BuiltView {
    type State = MountedView;

    fn build(self) -> MountedView {
        MountedView(self.0.take())
    }

    fn rebuild(self, state: &mut MountedView) {
        let mut new = self.build();
        state.0.insert_before_this(&mut new);
        state.0.unmount();
        *state = new;
    }
}

impl Mountable for MountedView {
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

no_attrs!(BuiltView);

/// What servers and hydration would ask of a view: there are none here.
impl RenderHtml for BuiltView {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> MountedView {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
