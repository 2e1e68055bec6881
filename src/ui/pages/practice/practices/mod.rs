//! Practice of all three sorts: positive deviations, trials (*prøvehandlinger*) and prototypes [FIF-12].
//!
//! Each practice has a title. The page asks for the title before it creates a practice, and shows what looks like it
//! already.
//!
//! | file | contents |
//! | --- | --- |
//! | `list` | the unit's practice by its state, and the ways to begin |
//! | `new`, `similar` | the form for new practice, and what looks like it already |
//! | `digital` | four questions on digitalisation, whose answers become a trial |
//! | `page` | the page of a practice of any sort |
//! | `deviation`, `trial`, `prototype` | the parts of the page that differ by sort |
//! | `parts` | the parts that sorts share: participants, anchors, the TEK triangle, the next step |
//! | `lines` | what a practice builds on, who took it up, what it grew into |
//! | `onward` | what a practice becomes: an initiative, a part of the catalogue and the report |
//! | `other_unit` | the page of another unit's practice, which is read and can be tried |
//! | `words` | the words of each sort |

mod deviation;
mod digital;
mod lines;
mod list;
mod new;
mod onward;
mod other_unit;
mod page;
mod parts;
mod prototype;
mod similar;
mod trial;
mod words;

pub(crate) use list::PracticesPage;
pub(crate) use new::begin_trial;
pub(crate) use page::PracticePage;
pub(crate) use parts::capitalised;
