//! Keys with two meanings: those of the whole script against each other and against the nodes' own.

use super::Search;

/// Everything about keys.
pub(super) fn check(search: &mut Search<'_>) {
    let settings = search.settings;
    let emergency = settings.emergency.as_ref().map(|it| (it.key, it.node.line, "the emergency key"));
    let repeat = settings.repeat_key.map(|(key, line)| (key, line, "the repeat key"));
    let whole: Vec<(char, u32, &str)> = emergency.into_iter().chain(repeat).collect();
    for (key, line, what) in &whole {
        let taken = match key {
            '0' => Some("0 leads to a person"),
            '#' => Some("# ends what is keyed in"),
            _ => None,
        };
        if let Some(taken) = taken {
            search.script(
                *line,
                "duplicate-binding",
                format!("{what} is {key}, but {taken}"),
                "choose another key",
            );
        }
    }
    if let [(first, line, _), (second, ..)] = whole.as_slice()
        && first == second
    {
        let message = format!("{first} is both the emergency key and the repeat key");
        search.script(*line, "duplicate-binding", message, "choose another key for one of them");
    }
    for node in search.nodes.values() {
        for (key, line) in node.action.kind().keys() {
            let taken = whole.iter().find(|(whole, ..)| *whole == key).map(|(_, _, what)| *what);
            if let Some(what) = taken {
                let message = format!("\"{}\" binds {key}, which is {what} everywhere", node.name);
                search.script(line, "duplicate-binding", message, "choose another key here");
            } else if key == '0' && node.action.zero().is_none() {
                let message = format!("\"{}\" binds 0, which leads to a person everywhere", node.name);
                search.script(line, "duplicate-binding", message, "choose another key here");
            }
        }
    }
}
