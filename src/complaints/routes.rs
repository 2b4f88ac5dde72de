//! Appeal routes: the notices a complainant is given with the result (`config/routes.toml`). The texts are the
//! deployment's; none stands in code.

use std::collections::BTreeMap;

use domain::directory::Names;
use domain::{DataFile, Fault, RequestType};
use serde::Deserialize;
use toml::Spanned;

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Stable name, logged with the notice.
    pub code: String,
    #[serde(default)]
    pub profile: Option<String>,
    /// Categories it is for; none means all.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Request types it is for; none means all.
    #[serde(default)]
    pub request_types: Vec<RequestType>,
    pub names: Names,
    /// What is read or sent to the complainant, by language.
    pub texts: BTreeMap<String, String>,
    pub citation: String,
}

impl Route {
    /// Whether it is for such a case.
    pub fn fits(&self, profile: &str, request_type: RequestType, category: &str) -> bool {
        self.profile.as_deref().is_none_or(|name| name == profile)
            && (self.categories.is_empty() || self.categories.iter().any(|name| name == category))
            && (self.request_types.is_empty() || self.request_types.contains(&request_type))
    }
}

/// Every notice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Routes(Vec<Route>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    route: Vec<Spanned<Route>>,
}

impl Routes {
    /// Reads the notices.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut routes: Vec<Route> = Vec::new();
        for entry in entries.route {
            let at = entry.span().start;
            let route = entry.into_inner();
            if routes.iter().any(|other| other.code == route.code) {
                return Err(source.fault(
                    at,
                    format!("route {} stands twice", route.code),
                    "give each route its own code",
                ));
            }
            if route.texts.values().all(|text| text.trim().is_empty()) {
                return Err(source.fault(
                    at,
                    format!("route {} has no text", route.code),
                    "write `texts` for each language in use",
                ));
            }
            routes.push(route);
        }
        Ok(Self(routes))
    }

    /// The notices for such a case, those of its category first.
    pub fn for_case(&self, profile: &str, request_type: RequestType, category: &str) -> Vec<&Route> {
        let mut fitting: Vec<_> =
            self.0.iter().filter(|route| route.fits(profile, request_type, category)).collect();
        fitting.sort_by_key(|route| (route.profile.is_none(), route.categories.is_empty()));
        fitting
    }

    /// The notices of a profile, in the order of the file; those for all where it has none of its own.
    pub fn of(&self, profile: &str) -> impl Iterator<Item = &Route> {
        let own = |route: &Route| route.profile.as_deref() == Some(profile);
        let has_own = self.0.iter().any(own);
        self.0.iter().filter(move |route| if has_own { own(route) } else { route.profile.is_none() })
    }

    /// The notice with this code.
    pub fn get(&self, code: &str) -> Option<&Route> {
        self.0.iter().find(|route| route.code == code)
    }
}
