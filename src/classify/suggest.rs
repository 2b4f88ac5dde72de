//! The weighing: every rule that matches speaks for something, clauses that are conceded do not count, and the
//! suggestion keeps the words that spoke for it.

use domain::RequestType;
use serde::{Deserialize, Serialize};

use crate::clauses::{self, Clause};
use crate::language::guess;
use crate::rules::{Axis, LanguageRules, Rule, Rules};

/// Weight from which an urgent sign or an emergency counts: one strong pattern with nothing against it.
const URGENT: f64 = 4.0;
/// What speaks for a complaint before a word is read: most texts without a sign are one.
const COMPLAINT: f64 = 1.5;
/// What speaks for the category "other" when the contact is an emergency or invalid.
const NO_GRIEVANCE: f64 = 6.0;

/// Severity of a complaint about which nothing is known.
const UNKNOWN: u8 = 2;

/// A category with its share of all that speaks for any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// Code of the category.
    pub name: String,
    /// From 0 to 1; all shares together make 1.
    pub score: f64,
}

/// Words that spoke for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// `category`, `request_type`, `severity` or `urgent`.
    pub axis: String,
    /// What they spoke for.
    pub code: String,
    /// The words as they stand in the text.
    pub words: String,
}

/// What the rules suggest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    pub request_type: RequestType,
    /// Code of the first category.
    pub category: String,
    /// The categories that anything spoke for, the likeliest first; at least three.
    pub categories: Vec<Ranked>,
    /// 1 slight to 4 most serious.
    pub severity: u8,
    /// Somebody must act within the hour.
    pub urgent: bool,
    pub because: Vec<Because>,
}

/// A rule that matched.
struct Hit<'a> {
    axis: &'a Axis,
    /// Weight by itself.
    weight: f64,
    /// How much its clause counts.
    factor: f64,
    words: &'a str,
}

/// Suggests for a text. `language` is a tag as `zh-CN`; without it, or where it has no rules, it is guessed.
pub fn suggest(rules: &Rules, text: &str, language: Option<&str>) -> Suggestion {
    let of = language.and_then(|tag| rules.of(tag)).or_else(|| rules.of(guess(text)));
    let hits = of.map(|of| find(of, text)).unwrap_or_default();
    let urgent_signs = alarm(&hits, &Axis::Urgent);
    let request_type = request_type(&hits);
    let scores = scores(rules, &hits, request_type);
    let categories = rank(rules, &scores);
    let top = categories.first().map(|ranked| ranked.name.clone()).unwrap_or_default();
    let urgent = urgent_signs || request_type == RequestType::Emergency;
    let severity = severity(rules, &hits, request_type, &top);
    Suggestion {
        because: because(rules, &hits, request_type, &top, severity, urgent),
        request_type,
        category: top,
        categories,
        severity,
        urgent,
    }
}

fn find<'a>(of: &'a LanguageRules, text: &'a str) -> Vec<Hit<'a>> {
    let clauses = clauses::cut(text, &of.clause_end, &of.conceded, &of.wanted);
    of.rules.iter().filter_map(|rule| hit(rule, text, &clauses)).collect()
}

/// The weightiest place where a pattern matches.
fn hit<'a>(rule: &'a Rule, text: &'a str, clauses: &[Clause]) -> Option<Hit<'a>> {
    let places = rule
        .pattern
        .regex()?
        .find_iter(text)
        .map(|place| (clauses::factor(clauses, &place.range()), place.as_str()));
    let best = places.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(factor, words)| Hit { axis: &rule.axis, weight: rule.weight, factor, words })
}

fn sum(hits: &[Hit<'_>], of: impl Fn(&Axis) -> bool) -> f64 {
    hits.iter().filter(|hit| of(hit.axis)).map(|hit| hit.weight).sum()
}

/// Whether enough speaks for an alarm, with at least one sign that is strong by itself: "now" and "what shall I do"
/// are said of many things.
fn alarm(hits: &[Hit<'_>], axis: &Axis) -> bool {
    let strong = hits.iter().any(|hit| hit.axis == axis && hit.weight >= URGENT);
    strong && sum(hits, |of| of == axis) >= URGENT
}

fn request_type(hits: &[Hit<'_>]) -> RequestType {
    let score = |request_type| sum(hits, |axis| *axis == Axis::RequestType(request_type));
    if alarm(hits, &Axis::RequestType(RequestType::Emergency)) {
        return RequestType::Emergency;
    }
    let prior = |request_type| if request_type == RequestType::Complaint { COMPLAINT } else { 0.0 };
    let others =
        RequestType::ALL.iter().copied().filter(|request_type| *request_type != RequestType::Emergency);
    let scored = others.map(|request_type| (prior(request_type) + score(request_type), request_type));
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(score, _)| *score > 0.0).map_or(RequestType::Complaint, |(_, request_type)| request_type)
}

/// What speaks for each category. Where only conceded clauses speak, they are heard after all.
fn scores(rules: &Rules, hits: &[Hit<'_>], request_type: RequestType) -> Vec<f64> {
    let add_up = |factor: fn(&Hit<'_>) -> f64| {
        let mut scores: Vec<f64> = rules.categories.all().iter().map(|category| category.weight).collect();
        for hit in hits {
            if let Axis::Category(place) = hit.axis {
                scores[*place] += hit.weight * factor(hit);
            }
        }
        scores
    };
    let heard =
        hits.iter().any(|hit| matches!(hit.axis, Axis::Category(_)) && hit.weight > 0.0 && hit.factor > 0.0);
    let mut scores = if heard { add_up(|hit| hit.factor) } else { add_up(|_| 1.0) };
    if matches!(request_type, RequestType::Emergency | RequestType::Invalid) {
        let other =
            rules.categories.all().iter().position(|category| category.code == crate::Categories::OTHER);
        if let Some(score) = other.and_then(|place| scores.get_mut(place)) {
            *score += NO_GRIEVANCE;
        }
    }
    scores
}

fn rank(rules: &Rules, scores: &[f64]) -> Vec<Ranked> {
    let total: f64 = scores.iter().filter(|score| **score > 0.0).sum();
    let mut ranked: Vec<_> =
        scores.iter().zip(rules.categories.all()).filter(|(score, _)| **score > 0.0).collect();
    // A stable sort: the order of the file decides ties.
    ranked.sort_by(|a, b| b.0.total_cmp(a.0));
    let share = |score: f64| (score / total * 1000.0).round() / 1000.0;
    let spoken_for = ranked.iter().filter(|(score, category)| **score > category.weight).count();
    ranked.truncate(spoken_for.max(3));
    ranked
        .into_iter()
        .map(|(score, category)| Ranked { name: category.code.clone(), score: share(*score) })
        .collect()
}

fn severity(rules: &Rules, hits: &[Hit<'_>], request_type: RequestType, category: &str) -> u8 {
    let usual = rules
        .categories
        .get(category)
        .map_or(2, |category| rules.categories.usual_severity(request_type, category));
    if !matches!(request_type, RequestType::Complaint | RequestType::Report) {
        return usual;
    }
    let told: Vec<u8> = hits
        .iter()
        .filter_map(|hit| if let Axis::Severity(grade) = hit.axis { Some(*grade) } else { None })
        .collect();
    let spoken_for = hits.iter().any(|hit| matches!(hit.axis, Axis::Category(_)) && hit.weight > 0.0);
    let usual = if spoken_for { usual } else { usual.min(UNKNOWN) };
    let most = told.iter().copied().max().unwrap_or(usual);
    // Slight only where nothing says more.
    if most >= 3 {
        most
    } else if told.contains(&1) {
        1
    } else if told.contains(&2) {
        2
    } else {
        usual
    }
}

fn because(
    rules: &Rules,
    hits: &[Hit<'_>],
    request_type: RequestType,
    category: &str,
    severity: u8,
    urgent: bool,
) -> Vec<Because> {
    let code = |axis: &Axis| match axis {
        Axis::Category(place) => rules
            .categories
            .all()
            .get(*place)
            .filter(|known| known.code == category)
            .map(|known| ("category", known.code.clone())),
        Axis::RequestType(found) => (*found == request_type).then(|| ("request_type", found.to_string())),
        Axis::Severity(grade) => (*grade == severity).then(|| ("severity", grade.to_string())),
        Axis::Urgent => urgent.then(|| ("urgent", "urgent".to_owned())),
    };
    let mut reasons: Vec<Because> = Vec::new();
    for hit in hits.iter().filter(|hit| hit.weight > 0.0) {
        if let Some((axis, code)) = code(hit.axis) {
            let reason = Because { axis: axis.to_owned(), code, words: hit.words.trim().to_owned() };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    reasons
}

#[cfg(test)]
#[path = "suggest_tests.rs"]
mod tests;
