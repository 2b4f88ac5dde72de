//! The phrases and articles as they are shipped.

use complaints::knowledge::{Articles, Phrases};

macro_rules! article {
    ($($name:literal)+) => {
        vec![$((include_str!(concat!("../../../config/articles/", $name)).to_owned(), $name.to_owned())),+]
    };
}

/// What an agent can say when a talk is hard.
pub(super) fn phrases() -> Phrases {
    super::must(Phrases::parse(include_str!("../../../config/phrases.toml"), "phrases.toml"))
}

/// Every article.
pub(super) fn articles(categories: &classify::Categories, laws: &clocks::Laws) -> Articles {
    let files = article!(
        "cn-elsewhere.toml" "cn-evidence.toml" "cn-how-long.toml" "cn-routes.toml" "cn-what.toml"
        "dk-companion.toml" "dk-dialogue.toml" "dk-how-long.toml" "dk-routes.toml" "dk-what.toml"
        "how-long.toml" "what.toml"
    );
    let known: Vec<&str> = laws.all().iter().map(|law| law.id.as_str()).collect();
    super::must(Articles::parse(&files, &categories.codes(), &known))
}
