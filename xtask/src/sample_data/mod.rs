//! Invented records for measurements, pictures and tests. No real unit or person is in them.
//!
//! | file | purpose |
//! | --- | --- |
//! | `area` | nine units with figures, conversations, agreements, status and trials, as in August 2026 |
//! | `large_agreement` | one agreement of any size |
//! | `municipality` | 150 units with 12 indicators each: the data that every measurement uses |

pub mod area;
pub mod large_agreement;
pub mod municipality;
