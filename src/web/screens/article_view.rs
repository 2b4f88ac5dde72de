//! An article as a page shows it: blocks of plain text, the limits in words, the appeal routes of the profile. Templates
//! escape all of it.

use chrono::NaiveDate;
use domain::directory::name_in;
use switchboard::House;
use switchboard::knowledge::{Article, Block, Piece};

use crate::page::Page;

/// A block as `article_body.html` draws it.
pub(super) enum BlockView {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    /// Name and notice of each route.
    Routes(Vec<(String, String)>),
}

/// The text of an article in the language of the page, as it stands on `day` on lines of `profile`.
pub(super) fn body(
    page: &Page,
    house: &House,
    (profile, day): (&str, NaiveDate),
    article: &Article,
) -> Vec<BlockView> {
    let words = |pieces: &Vec<Piece>| -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Limit(law) => limit(page, house, (profile, day), law),
        };
        pieces.iter().map(piece).collect()
    };
    let block = |block: &Block| match block {
        Block::Heading(text) => BlockView::Heading(text.clone()),
        Block::Paragraph(pieces) => BlockView::Paragraph(words(pieces)),
        Block::List(items) => BlockView::List(items.iter().map(words).collect()),
        Block::Routes => BlockView::Routes(
            house
                .routes
                .of(profile)
                .map(|route| {
                    let text = |names| name_in(names, page.lang()).to_owned();
                    (text(&route.names), text(&route.texts))
                })
                .collect(),
        ),
    };
    article.body(page.lang()).iter().map(block).collect()
}

/// "5 working days", as the law says on `day`; in words where none holds any more.
fn limit(page: &Page, house: &House, (profile, day): (&str, NaiveDate), law: &str) -> String {
    match house.laws.get(law, Some(profile), day) {
        Some(law) => {
            let unit = law.unit.as_str().replace('_', "-");
            page.tn(&format!("case-units-{unit}"), "count", i64::from(law.count))
        }
        None => page.t("advice-no-limit"),
    }
}
