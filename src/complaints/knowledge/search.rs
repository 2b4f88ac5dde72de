//! Finding a text by what somebody typed. Chinese is written without gaps between words, so it is looked for in pairs
//! of characters; other scripts by words, wherever in a longer word they stand (Danish joins them).

use std::collections::BTreeSet;

/// What somebody typed, cut into what is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(BTreeSet<String>);

impl Query {
    /// Cuts what was typed. Words of one or two letters are left out where there are longer ones.
    pub fn new(typed: &str) -> Self {
        let mut terms = BTreeSet::new();
        for run in runs(&typed.to_lowercase()) {
            let signs: Vec<char> = run.chars().collect();
            if signs.first().copied().is_some_and(without_gaps) && signs.len() > 1 {
                terms.extend(signs.windows(2).map(|pair| pair.iter().collect::<String>()));
            } else {
                terms.insert(run);
            }
        }
        let short = |term: &String| term.chars().count() < 3 && !term.chars().any(without_gaps);
        if terms.iter().any(|term| !short(term)) {
            terms.retain(|term| !short(term));
        }
        Self(terms)
    }

    /// Whether nothing was typed that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How well the texts of one entry fit; `None` where they do not. Each comes with the weight that a hit in it has. One
    /// or two terms must all be there; of more at least two, and a third: who types a question uses words that no text
    /// has, and every second pair of characters lies across two words.
    pub fn weigh<'a>(&self, texts: impl IntoIterator<Item = (u32, &'a str)>) -> Option<u32> {
        let texts: Vec<(u32, String)> =
            texts.into_iter().map(|(weight, text)| (weight, text.to_lowercase())).collect();
        let best = |term: &String| {
            let within = texts.iter().filter(|(_, text)| text.contains(term.as_str()));
            within.map(|(weight, _)| *weight).max()
        };
        let hits: Vec<u32> = self.0.iter().filter_map(best).collect();
        let needed = self.0.len().min(2).max(self.0.len().div_ceil(3));
        (hits.len() >= needed).then(|| hits.iter().sum())
    }
}

/// Whether a sign belongs to a script that leaves no gaps between words.
fn without_gaps(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Unbroken runs of letters and digits, of one kind of script each.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut before = None;
    for sign in text.chars() {
        let kind = sign.is_alphanumeric().then(|| without_gaps(sign));
        match (kind, runs.last_mut()) {
            (Some(_), Some(run)) if before == Some(kind) => run.push(sign),
            (Some(_), _) => runs.push(sign.to_string()),
            (None, _) => {}
        }
        before = Some(kind);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(typed: &str, text: &str) -> Option<u32> {
        Query::new(typed).weigh([(1, text)])
    }

    #[test]
    fn chinese_is_found_in_the_middle_of_a_sentence_and_in_a_question() {
        let text = "医疗机构一般应当自接到投诉之日起五个工作日内反馈处理情况。";
        assert!(weight("反馈", text).is_some());
        assert!(weight("投诉几天反馈", text).is_some(), "a question has words that the text has not");
        assert!(weight("日", text).is_some(), "a single character is looked for, too");
        assert_eq!(weight("病历复印", text), None);
        assert_eq!(weight("馈反", text), None, "the order of characters counts");
    }

    #[test]
    fn words_are_found_without_regard_to_case_and_within_longer_ones() {
        let text = "Du kan klage til Patientklagenævnet inden to år.";
        assert!(weight("KLAGE", text).is_some());
        assert!(weight("nævn", text).is_some());
        assert!(weight("hvor klager jeg inden to år", "intet af det").is_none());
        assert_eq!(weight("klage erstatning", text), None, "of two words both must be there");
        assert!(weight("can I klage inden år", text).is_some(), "short words do not count beside long ones");
    }

    #[test]
    fn scripts_may_be_mixed_and_signs_are_no_words() {
        assert!(weight("病历copy", "COPY of the record (病历复印件)").is_some());
        assert!(Query::new(" ?!，。").is_empty());
        assert_eq!(weight("", "anything"), Some(0), "who types nothing sees everything");
    }

    #[test]
    fn a_hit_in_a_title_weighs_more() {
        let query = Query::new("发票");
        assert_eq!(query.weigh([(5, "发票与收费"), (1, "请保留发票")]), Some(5));
        assert_eq!(query.weigh([(5, "收费"), (1, "请保留发票")]), Some(1));
    }
}
