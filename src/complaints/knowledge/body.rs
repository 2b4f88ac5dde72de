//! The text of an article, read into blocks that a page can draw: headings, paragraphs and lists of plain words. There is
//! no markup to carry anything else, so no text can bring a script, a picture or a hidden link onto a page.
//!
//! A line that begins with `## ` is a heading, lines that begin with `- ` are a list, an empty line ends a paragraph.
//! `{limit:ID}` stands for the time limit of a law, `{routes}` on a line of its own for the appeal routes of the profile:
//! numbers and notices stand once, in their own tables.

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    /// How long a law gives, by its id.
    Limit(String),
}

/// A block of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(Vec<Piece>),
    List(Vec<Vec<Piece>>),
    /// The appeal routes of the profile.
    Routes,
}

/// Reads a text into blocks; or what is wrong with it.
pub fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut open = String::new();
    for line in text.lines().map(str::trim).chain([""]) {
        let item = line.strip_prefix("- ");
        let heading = line.strip_prefix("## ");
        let ends = line.is_empty() || item.is_some() || heading.is_some() || line == "{routes}";
        if ends && !open.is_empty() {
            blocks.push(Block::Paragraph(pieces(&std::mem::take(&mut open))?));
        }
        match (item, heading) {
            (Some(item), _) => {
                let item = pieces(item.trim())?;
                match blocks.last_mut() {
                    Some(Block::List(items)) => items.push(item),
                    _ => blocks.push(Block::List(vec![item])),
                }
            }
            (_, Some(heading)) => blocks.push(Block::Heading(heading.trim().to_owned())),
            _ if line == "{routes}" => blocks.push(Block::Routes),
            _ if line.is_empty() => {}
            _ => join(&mut open, line),
        }
    }
    Ok(blocks)
}

/// Adds a line to a paragraph; between two Latin words a line break is a gap.
fn join(open: &mut String, line: &str) {
    let latin = |sign: Option<char>| sign.is_some_and(|sign| (sign as u32) < 0x2e80);
    if latin(open.chars().last()) && latin(line.chars().next()) {
        open.push(' ');
    }
    open.push_str(line);
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, behind) = after.split_once('}').ok_or("a { is not closed")?;
        let limit = inside.strip_prefix("limit:").filter(|id| !id.is_empty());
        let limit = limit.ok_or_else(|| format!("{{{inside}}} is not known"))?;
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(Piece::Limit(limit.to_owned()));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

/// The laws that the blocks name, in order.
pub fn limits(blocks: &[Block]) -> Vec<&str> {
    let pieces = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(pieces) => vec![pieces],
        Block::List(items) => items.iter().collect(),
        Block::Heading(_) | Block::Routes => Vec::new(),
    });
    let named = pieces.flatten().filter_map(|piece| match piece {
        Piece::Limit(id) => Some(id.as_str()),
        Piece::Words(_) => None,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Piece {
        Piece::Words(text.to_owned())
    }

    #[test]
    fn headings_paragraphs_and_lists_are_told_apart() {
        let text =
            "One line\nand its end.\n\n## Title\n- first\n- second {limit:law} long\nafter\n{routes}\n";
        let expected = vec![
            Block::Paragraph(vec![words("One line and its end.")]),
            Block::Heading("Title".to_owned()),
            Block::List(vec![
                vec![words("first")],
                vec![words("second "), Piece::Limit("law".to_owned()), words(" long")],
            ]),
            Block::Paragraph(vec![words("after")]),
            Block::Routes,
        ];
        assert_eq!(blocks(text).unwrap(), expected);
        assert_eq!(limits(&expected), ["law"]);
        assert_eq!(blocks(" \n\n").unwrap(), []);
    }

    #[test]
    fn chinese_lines_are_joined_without_a_gap() {
        assert_eq!(blocks("您可以\n投诉").unwrap(), [Block::Paragraph(vec![words("您可以投诉")])]);
    }

    #[test]
    fn markup_is_nothing_but_words() {
        let text = "<script>alert(1)</script> [x](javascript:alert(1)) &lt;b&gt; `code`";
        assert_eq!(blocks(text).unwrap(), [Block::Paragraph(vec![words(text)])]);
    }

    #[test]
    fn what_stands_for_something_else_must_be_known() {
        assert_eq!(blocks("in {days:x}").unwrap_err(), "{days:x} is not known");
        assert_eq!(blocks("in {limit:}").unwrap_err(), "{limit:} is not known");
        assert_eq!(blocks("in {limit:x").unwrap_err(), "a { is not closed");
    }
}
