//! Where the user is, as the fragment of the address. It works on any host and in any folder, and no server sees it.

use std::fmt;

use crate::domain::id::Id;

/// Where the user is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Overblik,
    /// A unit and its indicators.
    Enhed(Id),
    /// Files, earlier states, space, and the way to delete everything.
    Filer,
    /// An address that leads nowhere, as it stands.
    Unknown(String),
}

impl Route {
    /// The front page as the rescue page leads to it: nothing is to be written, as long as the page is open.
    pub const WITHOUT_SAVING: &'static str = "#/uden-at-gemme";

    /// Reads the fragment, with or without its `#`.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').split('?').next().unwrap_or_default();
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        match *steps.as_slice() {
            [] | ["uden-at-gemme"] => Self::Overblik,
            ["filer"] => Self::Filer,
            ["enhed", id] => Id::parse(id).map_or_else(|| Self::Unknown(path.to_owned()), Self::Enhed),
            _ => Self::Unknown(path.to_owned()),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overblik => f.write_str("#/"),
            Self::Enhed(id) => write!(f, "#/enhed/{id}"),
            Self::Filer => f.write_str("#/filer"),
            Self::Unknown(path) => write!(f, "#{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back() {
        for address in ["#/", "#/enhed/7f3a", "#/filer", "#/findes/ikke", "#/enhed/__proto__"] {
            assert_eq!(Route::parse(address).to_string(), address);
        }
        for (address, route) in [
            ("", Route::Overblik),
            ("#", Route::Overblik),
            ("#/?dato=2026-03-15", Route::Overblik),
            (Route::WITHOUT_SAVING, Route::Overblik),
            ("#/enhed/7f3a/", Route::Enhed(Id::parse("7f3a").unwrap())),
            ("#/enhed", Route::Unknown("/enhed".to_owned())),
            ("#/enhed/<script>", Route::Unknown("/enhed/<script>".to_owned())),
        ] {
            assert_eq!(Route::parse(address), route, "{address}");
        }
    }
}
