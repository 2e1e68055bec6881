//! View primitives of a single type.
//!
//! Leptos gives every view a type that spells out all parts of the view, and compiles code to build, patch, hydrate and
//! re-own each such type. This app renders in the browser only, and what a user looks at changes seldom. So at every
//! seam (a component, a page, a part that comes and goes) the view is built at once and erased to one type,
//! [`BuiltView`]. Signals inside a built view still patch it; a new view replaces an old one as a whole. This saved 11
//! KB (brotli) for the first four pages, and saves as much for each further one.

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use web_sys::MouseEvent;

/// A view that has been built but not yet mounted.
pub(crate) struct BuiltView(SendWrapper<Box<dyn Mountable>>);

/// Builds a view.
pub(crate) fn build_view<V: IntoView<State: 'static>>(view: V) -> BuiltView {
    // Nodes belong to their thread, and Leptos demands `Send`. A page has one thread, so the wrapper never fails.
    BuiltView(SendWrapper::new(Box::new(view.build())))
}

/// Builds a view that is rebuilt whenever a signal it reads changes. The closure is boxed, so all such views share one
/// type.
pub(crate) fn dynamic_view(view: impl Fn() -> BuiltView + 'static) -> BuiltView {
    let view: Box<dyn Fn() -> BuiltView> = Box::new(view);
    let view = SendWrapper::new(view);
    #[allow(clippy::redundant_closure, reason = "the wrapped value is not itself a function")]
    build_view(move || view())
}

/// Builds a text that is updated whenever a signal it reads changes.
pub(crate) fn dynamic_text(text: impl Fn() -> String + 'static) -> BuiltView {
    let text: Box<dyn Fn() -> String> = Box::new(text);
    let text = SendWrapper::new(text);
    #[allow(clippy::redundant_closure, reason = "the wrapped value is not itself a function")]
    build_view(move || text())
}

/// Boxes a click handler, so all handlers share one type.
pub(crate) fn on_click(action: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    let mut action = action;
    Box::new(move |_| action())
}

/// Builds an empty view.
pub(crate) fn empty_view() -> BuiltView {
    build_view(())
}

/// Returns the view, or an empty one where there is none.
pub(crate) fn or_empty(view: Option<BuiltView>) -> BuiltView {
    view.unwrap_or_else(empty_view)
}

impl BuiltView {
    /// Wraps a state that already exists.
    pub(crate) fn from_state(state: impl Mountable + 'static) -> Self {
        Self(SendWrapper::new(Box::new(state)))
    }

    /// Returns the state, to be mounted by the caller.
    pub(crate) fn into_state(self) -> MountedView {
        self.build()
    }
}

/// Builds a button.
pub(crate) fn button(label: &'static str, action: impl FnMut() + 'static) -> BuiltView {
    button_with_class("", label, on_click(action))
}

/// Builds a button with a CSS class.
pub(crate) fn button_with_class(
    class: &'static str,
    label: &'static str,
    on_press: Box<dyn FnMut(MouseEvent)>,
) -> BuiltView {
    build_view(view! { <button type="button" class=class on:click=on_press>{label}</button> })
}

/// Builds a button with an accessible name that says more than its text, which the surroundings explain to those who
/// see them.
pub(crate) fn button_with_label(
    class: &'static str,
    label: &'static str,
    name: String,
    on_press: Box<dyn FnMut(MouseEvent)>,
) -> BuiltView {
    build_view(view! { <button type="button" class=class aria-label=name on:click=on_press>{label}</button> })
}

/// Builds a button that opens and closes something, and says to screen readers which of the two it is.
pub(crate) fn toggle_button(label: String, name: String, is_open: RwSignal<bool>) -> BuiltView {
    let toggle = on_click(move || is_open.update(|is_open| *is_open = !*is_open));
    let expanded = move || if is_open.get() { "true" } else { "false" };
    build_view(view! {
        <button type="button" class="quiet" aria-label=name aria-expanded=expanded on:click=toggle>{label}</button>
    })
}

/// Builds a checkbox with a label.
pub(crate) fn checkbox(
    label: String,
    value: impl Fn() -> bool + 'static,
    on_tick: impl Fn(bool) + 'static,
) -> BuiltView {
    let value: SendWrapper<Box<dyn Fn() -> bool>> = SendWrapper::new(Box::new(value));
    #[allow(clippy::redundant_closure, reason = "the wrapped value is not itself a function")]
    let value = move || value();
    let on_tick: Box<dyn Fn(bool)> = Box::new(on_tick);
    build_view(view! {
        <label class="option">
            <input
                type="checkbox"
                prop:checked=value
                on:change:target=move |event| on_tick(event.target().checked())
            />
            <span>{label}</span>
        </label>
    })
}

/// The state of a built view in the page.
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

/// Server rendering and hydration, which this app never uses. Leptos requires the implementation.
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
