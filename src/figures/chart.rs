//! Charts as SVG of our own: they work without script, print, carry title and description, and tell series
//! apart by pattern as well as by colour. Colours come from the style sheet (`chart-fill-N`, `chart-line-N`).

use std::fmt::Write;

/// One series: its name and one value per category; `None` leaves a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Vec<Option<f64>>,
}

/// How the series are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Horizontal bars, the series of a category stacked in one bar.
    Stacked,
    /// Lines over the categories.
    Lines,
}

/// A chart; all texts are spoken already.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Unique on its page: letters, digits and `-`.
    pub id: String,
    pub title: String,
    /// What the chart shows, in a sentence for those who do not see it.
    pub description: String,
    pub kind: Kind,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
}

/// Width of the drawing and of the column of names, in user units.
const WIDTH: f64 = 720.0;
const NAMES: f64 = 190.0;
const ROW: f64 = 26.0;
const LEGEND: f64 = 30.0;
const LINES_HEIGHT: f64 = 200.0;
/// Patterns and colours there are; a further series begins anew.
const LOOKS: usize = 6;

impl Chart {
    /// The drawing, as one `svg` element.
    pub fn svg(&self) -> String {
        let height = match self.kind {
            Kind::Stacked => LEGEND + ROW * length(&self.categories) + 10.0,
            Kind::Lines => LEGEND + LINES_HEIGHT + 30.0,
        };
        let id = &self.id;
        let mut out = format!(
            "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {height:.0}\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escaped(&self.title),
            escaped(&self.description)
        );
        self.patterns(&mut out);
        self.legend(&mut out);
        match self.kind {
            Kind::Stacked => self.bars(&mut out),
            Kind::Lines => self.lines(&mut out),
        }
        out.push_str("</svg>");
        out
    }

    /// One pattern per look: plain, stripes in three directions, dots, a grid.
    fn patterns(&self, out: &mut String) {
        let id = &self.id;
        out.push_str("<defs>");
        for (look, mark) in MARKS.iter().enumerate().take(self.series.len()) {
            put(
                out,
                format_args!(
                    "<pattern id=\"{id}-p{look}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                 <rect width=\"8\" height=\"8\" class=\"chart-fill-{look}\"/>{mark}</pattern>"
                ),
            );
        }
        out.push_str("</defs>");
    }

    fn legend(&self, out: &mut String) {
        let step = (WIDTH - 8.0) / length(&self.series).max(1.0);
        for (place, series) in self.series.iter().enumerate() {
            let x = 4.0 + step * number(place);
            let look = place % LOOKS;
            put(
                out,
                format_args!(
                    "<rect class=\"chart-key\" x=\"{x:.1}\" y=\"6\" width=\"14\" height=\"14\" fill=\"url(#{}-p{look})\"/>\
                 <text class=\"chart-text\" x=\"{:.1}\" y=\"18\">{}</text>",
                    self.id,
                    x + 19.0,
                    escaped(&series.name)
                ),
            );
        }
    }

    fn bars(&self, out: &mut String) {
        let total = |place: usize| -> f64 {
            self.series.iter().filter_map(|series| series.values.get(place).copied().flatten()).sum()
        };
        let most = (0..self.categories.len()).map(total).fold(0.0, f64::max);
        let scale = if most > 0.0 { (WIDTH - NAMES - 50.0) / most } else { 0.0 };
        for (place, name) in self.categories.iter().enumerate() {
            let y = LEGEND + ROW * number(place);
            put(
                out,
                format_args!(
                    "<text class=\"chart-text chart-name\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                    NAMES - 8.0,
                    y + 16.0,
                    escaped(&shortened(name))
                ),
            );
            let mut x = NAMES;
            for (order, series) in self.series.iter().enumerate() {
                let value = series.values.get(place).copied().flatten().unwrap_or(0.0);
                if value <= 0.0 {
                    continue;
                }
                put(
                    out,
                    format_args!(
                        "<rect class=\"chart-bar\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"18\" fill=\"url(#{}-p{})\">\
                     <title>{} · {}: {value}</title></rect>",
                        y + 3.0,
                        value * scale,
                        self.id,
                        order % LOOKS,
                        escaped(name),
                        escaped(&series.name)
                    ),
                );
                x += value * scale;
            }
            put(
                out,
                format_args!(
                    "<text class=\"chart-text\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                    x + 6.0,
                    y + 16.0,
                    total(place)
                ),
            );
        }
    }

    fn lines(&self, out: &mut String) {
        let most =
            self.series.iter().flat_map(|series| series.values.iter().flatten()).copied().fold(0.0, f64::max);
        let scale = if most > 0.0 { (LINES_HEIGHT - 10.0) / most } else { 0.0 };
        let step = (WIDTH - 60.0) / (length(&self.categories) - 1.0).max(1.0);
        let floor = LEGEND + LINES_HEIGHT;
        put(
            out,
            format_args!(
                "<path class=\"chart-axis\" d=\"M40 {:.0}V{floor:.0}H{:.0}\"/>\
             <text class=\"chart-text\" x=\"34\" y=\"{:.0}\" text-anchor=\"end\">{most}</text>",
                LEGEND,
                WIDTH - 10.0,
                LEGEND + 14.0
            ),
        );
        for (order, series) in self.series.iter().enumerate() {
            let mut path = String::new();
            let mut gap = true;
            for (place, value) in series.values.iter().enumerate() {
                let Some(value) = value else {
                    gap = true;
                    continue;
                };
                let (x, y) = (40.0 + step * number(place), floor - value * scale);
                put(&mut path, format_args!("{}{x:.1} {y:.1}", if gap { 'M' } else { 'L' }));
                gap = false;
            }
            put(out, format_args!("<path class=\"chart-line chart-line-{}\" d=\"{path}\"/>", order % LOOKS));
        }
        let every = self.categories.len().div_ceil(8).max(1);
        for (place, name) in self.categories.iter().enumerate().step_by(every) {
            put(
                out,
                format_args!(
                    "<text class=\"chart-text\" x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                    40.0 + step * number(place),
                    floor + 18.0,
                    escaped(name)
                ),
            );
        }
    }
}

const MARKS: [&str; LOOKS] = [
    "",
    "<path class=\"chart-mark\" d=\"M0 8L8 0\"/>",
    "<circle class=\"chart-dot\" cx=\"4\" cy=\"4\" r=\"1.6\"/>",
    "<path class=\"chart-mark\" d=\"M0 0L8 8\"/>",
    "<path class=\"chart-mark\" d=\"M0 4H8\"/>",
    "<path class=\"chart-mark\" d=\"M0 4H8M4 0V8\"/>",
];

/// Writing to a `String` cannot fail.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

#[expect(clippy::cast_precision_loss, reason = "a chart has few places")]
fn number(place: usize) -> f64 {
    place as f64
}

fn length<T>(list: &[T]) -> f64 {
    number(list.len())
}

/// Names longer than their column end in `…`; a Chinese character is nearly twice as wide as a Latin one.
fn shortened(name: &str) -> String {
    let wide = |c: char| if c > '\u{2e80}' { 20 } else { 11 };
    let mut room = 260;
    let mut out = String::new();
    for c in name.chars() {
        if room < wide(c) {
            out.push('…');
            break;
        }
        room -= wide(c);
        out.push(c);
    }
    out
}

fn escaped(text: &str) -> String {
    let visible = text.chars().filter(|c| !c.is_control());
    visible.fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: Kind, name: &str, values: Vec<Option<f64>>) -> Chart {
        Chart {
            id: "units".to_owned(),
            title: "Units".to_owned(),
            description: "Done and open".to_owned(),
            kind,
            categories: values.iter().map(|_| name.to_owned()).collect(),
            series: vec![
                Series { name: "Done".to_owned(), values: values.clone() },
                Series { name: "Open".to_owned(), values },
            ],
        }
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_patterns_differ() {
        let svg = chart(Kind::Stacked, "A", vec![Some(4.0), Some(1.0)]).svg();
        assert!(svg.contains("width=\"240.0\""), "{svg}");
        assert!(svg.contains("url(#units-p0)") && svg.contains("url(#units-p1)"));
        assert!(svg.contains("<title id=\"units-title\">Units</title>"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn texts_cannot_break_out() {
        let svg = chart(Kind::Stacked, "<script>\"&'", vec![Some(1.0)]).svg();
        assert!(svg.contains("&lt;script&gt;&quot;&amp;&#39;") && !svg.contains("<script"));
    }

    #[test]
    fn nothing_to_draw_is_no_fault() {
        for kind in [Kind::Stacked, Kind::Lines] {
            for values in [vec![], vec![Some(0.0)], vec![None]] {
                let svg = chart(kind, "A", values).svg();
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            }
        }
    }

    #[test]
    fn a_gap_interrupts_the_line() {
        let svg = chart(Kind::Lines, "A", vec![Some(1.0), None, Some(2.0), Some(1.0)]).svg();
        let path = svg.split("chart-line-0\" d=\"").nth(1).unwrap();
        let path = path.split('"').next().unwrap();
        assert_eq!(path.matches('M').count(), 2);
        assert_eq!(path.matches('L').count(), 1);
    }

    #[test]
    fn long_names_are_cut_by_width() {
        assert_eq!(shortened("东海市中心医院医患关系办公室急诊"), "东海市中心医院医患关系办公…");
        assert_eq!(shortened("Region Hovedstaden"), "Region Hovedstaden");
        assert_eq!(shortened("Service og personaleforhold"), "Service og personalefor…");
    }
}
