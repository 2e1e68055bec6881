//! The part of a workshop's result that does not change while notes are typed. A page that follows it is not rebuilt by
//! typing.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentItem, Round};
use crate::domain::registry::Kind;
use crate::domain::workshop::{RoomItem, Workshop, spread};

use super::session::run_signal;
use crate::ui::state::app_context::AppContext;

/// The answers of a workshop, and the order in which they are shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResultOutline {
    pub(crate) id: Id,
    pub(crate) instrument: &'static Instrument,
    pub(crate) total: RoomItem,
    /// The names and answers of the groups that may be shown.
    pub(crate) groups: Vec<(String, RoomItem)>,
    /// The number of rooms whose answers count.
    pub(crate) rooms: usize,
    /// The indices of the items, sorted by the spread of their answers, the widest first.
    pub(crate) order: Vec<usize>,
    /// Whether the answers are invented. There is no record of them then.
    pub(crate) is_rehearsal: bool,
}

impl ResultOutline {
    /// The outline of a workshop: of its record, or of the rehearsal that runs here. Follows both.
    pub(super) fn of(app: AppContext, id: &Id) -> Option<Self> {
        let rehearsal = run_signal(app).with(|run| {
            let run = run.as_ref().filter(|run| run.is_rehearsal() && run.setup.id == *id)?;
            run.result(None, app.today.get_untracked())
        });
        if let Some(workshop) = rehearsal {
            return Self::of_workshop(id, &workshop, true);
        }
        Self::of_record(app, id)
    }

    /// The outline of the record of a workshop. Follows the record.
    pub(super) fn of_record(app: AppContext, id: &Id) -> Option<Self> {
        let record = app.workspace.get_unless_deleted(id).filter(|record| record.kind() == Some(Kind::Workshop))?;
        // A record that passed `Record::check` can always be viewed.
        Self::of_workshop(id, &record.view::<Workshop>().ok()?, false)
    }

    fn of_workshop(id: &Id, workshop: &Workshop, is_rehearsal: bool) -> Option<Self> {
        let instrument = workshop.instrument()?;
        let (total, groups) = (workshop.total(), workshop.parts());
        let mut order: Vec<usize> = (0..instrument.items.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(spread(total.item(Round::Now, *index))));
        let rooms = workshop.rooms.values().filter(|room| room.counts()).count();
        Some(Self { id: id.clone(), instrument, total, groups, rooms, order, is_rehearsal })
    }

    /// The item with a rank in the order, and its position in the instrument.
    pub(super) fn item(&self, rank: usize) -> Option<(usize, &'static InstrumentItem)> {
        let index = *self.order.get(rank)?;
        Some((index, self.instrument.items.get(index)?))
    }

    /// The line above the title: instrument, number of answers, number of rooms.
    pub(super) fn summary(&self) -> String {
        let rooms = if self.rooms > 1 { format!(" fra {} rum", self.rooms) } else { String::new() };
        format!("{} · {} svar{rooms}", self.instrument.title, self.total.people)
    }
}
