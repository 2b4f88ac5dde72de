//! A letter as a document of its own: one HTML file that is read and printed without anything beside it.

use super::{Piece, Sheet};

const STYLE: &str = "@page{size:A4;margin:25mm 20mm}body{font:11pt/1.5 serif;max-width:170mm;margin:0 auto;padding:1em;\
color:#000;background:#fff}h1{font-size:13pt}blockquote{margin:0 0 1em;padding-left:1em;border-left:2px solid #888}\
p,li,blockquote,address{white-space:pre-line;font-style:normal}";

impl Sheet {
    /// The whole letter as HTML. Nothing in it is looked up elsewhere: no script, no picture, no address.
    pub fn document(&self) -> String {
        let paragraph = |text: &str| format!("<p>{}</p>\n", escaped(text));
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => paragraph(text),
            Piece::Quote(text) => format!("<blockquote>{}</blockquote>\n", escaped(text)),
            Piece::List(items) => {
                let items: String =
                    items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
                format!("<ul>\n{items}</ul>\n")
            }
        };
        let mut html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{} · {}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n",
            escaped(&self.language),
            escaped(&self.subject),
            escaped(&self.reference)
        );
        html.push_str(&paragraph(&self.sender));
        html.push_str(&format!("<address>{}</address>\n", escaped(&self.address.join("\n"))));
        html.push_str(&paragraph(&format!("{}\n{}", self.date, self.reference)));
        html.push_str(&format!("<h1>{}</h1>\n", escaped(&self.subject)));
        html.push_str(&paragraph(&self.greeting));
        html.extend(self.pieces.iter().map(piece));
        html.push_str(&paragraph(&format!("{}\n{}", self.regards, self.sender)));
        html.push_str("</body>\n</html>\n");
        html
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_text_and_nothing_else() {
        let told = "<script>alert(1)</script> & \"more\"".to_owned();
        let sheet = Sheet {
            language: "da".to_owned(),
            sender: told.clone(),
            address: vec![told.clone(), told.clone()],
            reference: told.clone(),
            date: told.clone(),
            subject: told.clone(),
            greeting: told.clone(),
            pieces: vec![
                Piece::Text(told.clone()),
                Piece::Quote(told.clone()),
                Piece::List(vec![told.clone(), told.clone()]),
            ],
            regards: told.clone(),
            page: told,
        };
        let html = sheet.document();
        assert!(!html.contains("<script") && !html.contains("\"more\""), "{html}");
        assert_eq!(html.matches("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;").count(), 15);
        assert!(html.contains("<li>") && html.contains("<blockquote>") && html.contains("lang=\"da\""));
        assert!(!html.contains("http") && !html.contains("src="), "nothing is fetched: {html}");
    }
}
