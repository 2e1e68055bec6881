//! Practice: trials, reflection alone and in workshops, a unit's own instruments, the pyramid of concretisation.

pub(crate) mod instrument;
pub(crate) mod pyramid;
pub(crate) mod reflection;
pub(crate) mod trials;
pub(crate) mod workshop;
