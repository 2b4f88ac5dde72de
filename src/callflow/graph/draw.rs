//! The picture as SVG.

use std::fmt::Write as _;

use super::chart::{Card, Chart, Line, NAME_SIZE, ROW_SIZE, small, text_width};
use super::layout::{Layout, Rect, Route};
use super::{SHEET, Style};

/// So few hang-ups are chance.
const MANY: u64 = 5;

/// Strokes of a way that nobody and that everybody went.
const THIN: f64 = 1.2;
const THICK: f64 = 9.0;

pub(super) fn svg(chart: &Chart, layout: &Layout, style: &Style<'_>) -> String {
    let legend = chart.legend.join("    ");
    let width = layout.width.max(text_width(&legend, ROW_SIZE) + 32.0);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"gr\" role=\"img\" aria-labelledby=\"gr-title\" \
         width=\"{width:.0}\" height=\"{:.0}\" viewBox=\"0 0 {width:.0} {:.0}\">",
        layout.height, layout.height
    );
    let _ = writeln!(out, "<title id=\"gr-title\">{}</title>", escaped(style.title));
    if style.sheet {
        let _ = writeln!(out, "<style>{SHEET}</style>");
    }
    out.push_str(
        "<defs><marker id=\"gr-tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" \
         markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"gr-tip\" d=\"M0 0L10 5L0 10z\"/></marker></defs>\n",
    );
    if style.sheet {
        let _ = writeln!(out, "<rect class=\"gr-ground\" width=\"100%\" height=\"100%\"/>");
    }
    text(&mut out, "gr-legend", 16.0, 20.0, ROW_SIZE, &legend, "");
    let most = chart.lines.iter().filter_map(|line| line.calls).max().unwrap_or_default();
    for (line, route) in chart.lines.iter().zip(&layout.routes) {
        draw_line(&mut out, line, route, most);
    }
    for (line, route) in chart.lines.iter().zip(&layout.routes) {
        draw_label(&mut out, line, &route.label);
    }
    for (card, rect) in chart.cards.iter().zip(&layout.cards) {
        draw_card(&mut out, card, rect, style);
    }
    out.push_str("</svg>\n");
    out
}

fn draw_line(out: &mut String, line: &Line, route: &Route, most: u64) {
    let mut path = String::new();
    let mut before: Option<(f64, f64)> = None;
    for (x, top, bottom) in &route.legs {
        match before {
            None => drop(write!(path, "M{x:.1} {top:.1}")),
            // A tip needs a little straight way.
            Some((from_x, from_y)) => {
                let middle = (from_y + top) / 2.0;
                let _ = write!(path, "C{from_x:.1} {middle:.1} {x:.1} {middle:.1} {x:.1} {top:.1}");
            }
        }
        if bottom > top {
            let _ = write!(path, "L{x:.1} {bottom:.1}");
        }
        before = Some((*x, *bottom));
    }
    let stroke = match line.calls {
        None => 1.6,
        Some(0) => THIN,
        Some(calls) => THIN + (THICK - THIN) * share(calls, most).sqrt(),
    };
    let class = if line.calls == Some(0) { "gr-line gr-never" } else { "gr-line" };
    let _ = writeln!(
        out,
        "<path class=\"{class}\" stroke-width=\"{stroke:.1}\" marker-end=\"url(#gr-tip)\" d=\"{path}\"/>"
    );
}

fn share(part: u64, of: u64) -> f64 {
    // Thousandths are fine enough for a stroke.
    let thousandths = part.saturating_mul(1000).checked_div(of).unwrap_or_default().min(1000);
    small(usize::try_from(thousandths).unwrap_or_default()) / 1000.0
}

fn draw_label(out: &mut String, line: &Line, rect: &Rect) {
    if line.label.is_empty() {
        return;
    }
    let class = if line.calls == Some(0) { "gr-label gr-never" } else { "gr-label" };
    let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0 + ROW_SIZE * 0.36);
    let _ = writeln!(
        out,
        "<rect class=\"gr-under\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"4\"/>",
        rect.x + 2.0,
        rect.y + 1.0,
        rect.width - 4.0,
        rect.height - 2.0
    );
    text(out, class, x, y, ROW_SIZE, &line.label, "middle");
}

fn draw_card(out: &mut String, card: &Card, rect: &Rect, style: &Style<'_>) {
    let gone = card.figures.filter(|figures| figures.hung_up > 0);
    // Where one of ten hangs up, and not only by chance, something is wrong.
    let loses = gone.is_some_and(|it| it.hung_up >= MANY && it.hung_up * 10 >= it.reached);
    let loss = if loses { " gr-loss" } else { "" };
    let _ = writeln!(out, "<g class=\"gr-card gr-{}{loss}\" id=\"node-{}\">", card.kind, escaped(&card.name));
    let told = [card.name.as_str(), &card.kind_word, &card.all_words];
    let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
    let _ = writeln!(out, "<title>{}</title>", escaped(&told.join(" · ")));
    let (x, y) = (rect.x, rect.y);
    if card.begins {
        let begin = (style.word)("begin").unwrap_or_default();
        let _ = writeln!(
            out,
            "<circle class=\"gr-begin\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"6\"><title>{}</title></circle>",
            x + rect.width / 2.0,
            y - 11.0,
            escaped(&begin)
        );
    }
    let _ = writeln!(
        out,
        "<rect class=\"gr-box\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{}\"/>",
        rect.width,
        rect.height,
        if card.kind == "branch" { 0 } else { 7 }
    );
    let _ = writeln!(
        out,
        "<path class=\"gr-band\" d=\"{}\"/>",
        band(rect, if card.kind == "branch" { 0.0 } else { 7.0 })
    );
    text(out, "gr-name", x + 12.0, y + 17.0, NAME_SIZE, &card.name, "");
    text(out, "gr-kind", x + rect.width - 10.0, y + 17.0, ROW_SIZE, &card.kind_word, "end");
    let mut line = y + 33.0;
    if !card.words.is_empty() {
        text(out, "gr-words", x + 12.0, line, ROW_SIZE, &card.words, "");
        line += 16.0;
    }
    if let Some(figures) = gone {
        // The share of those who came here, as a bar under its row.
        let wide = (rect.width - 2.0) * share(figures.hung_up, figures.reached.max(figures.hung_up));
        let low = line + 16.0 * small(card.rows.len() - 1) - 12.0;
        let _ = writeln!(
            out,
            "<rect class=\"gr-share\" x=\"{:.1}\" y=\"{low:.1}\" width=\"{wide:.1}\" height=\"16\"/>",
            x + 1.0
        );
    }
    for row in &card.rows {
        text(out, row.class, x + 12.0, line, ROW_SIZE, &row.text, "");
        text(out, row.class, x + rect.width - 10.0, line, ROW_SIZE, &row.count, "end");
        line += 16.0;
    }
    if let Some(present) = card.figures.map(|figures| figures.present).filter(|present| *present > 0) {
        let now = (style.word)("now").unwrap_or_default();
        let wide = text_width(&present.to_string(), NAME_SIZE).max(10.0) + 12.0;
        let _ = writeln!(
            out,
            "<g class=\"gr-now\"><title>{}: {present}</title>\
             <rect x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"20\" rx=\"10\"/>",
            escaped(&now),
            x + rect.width - wide + 8.0,
            y - 12.0
        );
        text(
            out,
            "gr-present",
            x + rect.width - wide / 2.0 + 8.0,
            y + 2.5,
            NAME_SIZE,
            &present.to_string(),
            "middle",
        );
        out.push_str("</g>\n");
    }
    out.push_str("</g>\n");
}

/// The coloured edge at the left of a card.
fn band(rect: &Rect, round: f64) -> String {
    let (x, y, bottom) = (rect.x, rect.y, rect.y + rect.height);
    format!(
        "M{:.1} {y:.1}Q{x:.1} {y:.1} {x:.1} {:.1}L{x:.1} {:.1}Q{x:.1} {bottom:.1} {:.1} {bottom:.1}z",
        x + round,
        y + round,
        bottom - round,
        x + round
    )
}

fn text(out: &mut String, class: &str, x: f64, y: f64, size: f64, words: &str, anchor: &str) {
    if words.is_empty() {
        return;
    }
    let anchor = if anchor.is_empty() { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\"{anchor}>{}</text>",
        escaped(words)
    );
}

/// Text as it stands in XML; what may not stand there at all is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
