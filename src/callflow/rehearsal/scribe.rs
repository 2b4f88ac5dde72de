//! Writes scripts and calls at random: of every kind of node, most of them sound, some not, so that the checker has
//! something to refuse; of every kind of event, fitting or not. Fewer throws of the dice make smaller ones, so that what
//! fails shrinks.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::{OfferId, PhoneNumber};

use crate::{Answer, DialOutcome, Event, Recording, SourceFile, Sources};

/// Dice that can be thrown so many times; after that, everything is the first choice.
pub(super) struct Dice {
    state: u64,
    throws: u32,
}

impl Dice {
    pub(super) fn new(seed: u64, throws: u32) -> Self {
        Self { state: seed, throws }
    }

    /// 0 to `sides` - 1. The numbers are those of SplitMix64 (Steele, Lea and Flood, 2014).
    pub(super) fn throw(&mut self, sides: usize) -> usize {
        let Some(left) = self.throws.checked_sub(1) else { return 0 };
        self.throws = left;
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed >> 33) % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }
}

/// Something that happens in a call, whether it can or not.
pub(super) fn event(dice: &mut Dice) -> Event {
    let outcomes = [DialOutcome::Completed, DialOutcome::Busy, DialOutcome::Failed];
    match dice.throw(12) {
        0..=4 => Event::Digits(char::from(b"0123456789*#"[dice.throw(12)]).to_string()),
        5 => Event::Digits("1234567890123456789012"[..2 + dice.throw(20)].to_owned()),
        6 => Event::Digits(["", "a", "零", "0#", "##"][dice.throw(5)].to_owned()),
        7 => Event::NoInput,
        8 => {
            let (seconds, hung_up) = (u32::try_from(dice.throw(3)).unwrap(), dice.throw(2) == 1);
            let ended_by = [None, Some('#'), Some('0'), Some('9')][dice.throw(4)];
            Event::Recorded(Recording { url: "u".to_owned(), seconds, hung_up, ended_by })
        }
        9 => Event::Dialled(outcomes[dice.throw(3)]),
        10 => [Event::Fetched, Event::Started { caller: super::caller(), dialled: "1".to_owned() }]
            [dice.throw(2)]
        .clone(),
        _ => Event::Answer(answer(dice)),
    }
}

fn answer(dice: &mut Dice) -> Answer {
    match dice.throw(8) {
        0 => Answer::Waiting {
            position: u32::try_from(dice.throw(9)).unwrap(),
            estimate_seconds: [None, Some(u32::MAX)][dice.throw(2)],
            callback_offered: dice.throw(2) == 1,
        },
        1 => Answer::Ring {
            offer: OfferId::new("o"),
            phone: PhoneNumber::parse("8001").unwrap(),
            timeout_seconds: 20,
        },
        2 => Answer::NobodyThere,
        3 => Answer::Served,
        4 => Answer::Left,
        5 => Answer::Progress { status: ["received", "lost"][dice.throw(2)].to_owned() },
        6 => Answer::NoSuchCase,
        _ => Answer::TooManyTries,
    }
}

/// One node in the making.
struct Written {
    text: String,
    links: Vec<String>,
}

struct Scribe {
    dice: Dice,
    nodes: usize,
    links: Vec<String>,
    prompts: BTreeSet<String>,
}

const HEAD: &str = r#"[script]
line = "random"
languages = ["en"]
start = "n0"
person = "agent"
profile = "generic"
apology = "apology"
unavailable = "unavailable"
nothing_heard = "nothing-heard"
not_understood = "not-understood"
repeat_key = "*"

[script.emergency]
key = "9"
node = "emergency"

[node.emergency]
kind = "transfer"
to = "112"
emergency = true
next = "goodbye"
failed = "goodbye"

[node.goodbye]
kind = "hangup"
prompt = "goodbye"
"#;

/// Said where no prompt of a node's own is.
const WORDS: &str = "apology = Sorry.\nunavailable = Call { $number }.\nnothing-heard = Nothing heard.\n\
                     not-understood = Not understood.\ngoodbye = Goodbye.\n";

/// A script, all of whose nodes can be reached.
pub(super) fn script(dice: Dice) -> Sources {
    let mut scribe = Scribe { dice, nodes: 0, links: Vec::new(), prompts: BTreeSet::new() };
    scribe.nodes = 1 + scribe.dice.throw(24);
    let mut written = vec![("agent".to_owned(), scribe.enqueue("agent", scribe.nodes))];
    for at in 0..scribe.nodes {
        let name = format!("n{at}");
        let node = scribe.node(&name, at);
        written.push((name, node));
    }
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec!["n0", "agent"];
    while let Some(name) = open.pop() {
        let Some((_, node)) = written.iter().find(|(other, _)| other == name) else { continue };
        if reached.insert(name) {
            open.extend(node.links.iter().map(String::as_str));
        }
    }
    let (mut toml, mut said) = (HEAD.to_owned(), BTreeSet::new());
    for (name, node) in written.iter().filter(|(name, _)| reached.contains(name.as_str())) {
        let _ = write!(toml, "\n[node.{name}]\n{}", node.text);
        said.extend(scribe.prompts.iter().filter(|prompt| prompt.split('_').next() == Some(name)));
    }
    let prompts: String =
        said.iter().map(|prompt| format!("{prompt} = Words of {}.\n", prompt.replace('_', " "))).collect();
    let files = vec![
        SourceFile::new("random/script.toml", toml),
        SourceFile::new("random/prompts/en.ftl", format!("{WORDS}{prompts}")),
    ];
    Sources { files, audio: Vec::new() }
}

impl Scribe {
    /// A node further on, or an end: where a call goes without the caller. Now and then anywhere, which may go round.
    fn onward(&mut self, at: usize) -> String {
        if self.dice.throw(40) == 39 {
            return self.anywhere();
        }
        let further = self.nodes.saturating_sub(at + 1);
        let name = match self.dice.throw(further + 2) {
            0 => "goodbye".to_owned(),
            1 if at < self.nodes => "agent".to_owned(),
            1 => "goodbye".to_owned(),
            more => format!("n{}", at + more - 1),
        };
        self.link(name)
    }

    fn anywhere(&mut self) -> String {
        let name = match self.dice.throw(self.nodes + 2) {
            0 => "agent".to_owned(),
            1 => "goodbye".to_owned(),
            more => format!("n{}", more - 2),
        };
        self.link(name)
    }

    fn link(&mut self, name: String) -> String {
        self.links.push(name.clone());
        name
    }

    fn prompt(&mut self, node: &str, which: &str) -> String {
        let prompt = if which.is_empty() { node.to_owned() } else { format!("{node}_{which}") };
        self.prompts.insert(prompt.clone());
        prompt
    }

    fn patience(&mut self, at: usize) -> String {
        let (silence, invalid, tries) = (self.onward(at), self.anywhere(), 1 + self.dice.throw(3));
        format!("tries = {tries}\nno_input = \"{silence}\"\ninvalid = \"{invalid}\"\n")
    }

    fn enqueue(&mut self, name: &str, at: usize) -> Written {
        let (waiting, hold) = (self.prompt(name, "waiting"), self.prompt(name, "hold"));
        let (nobody, served) = (self.onward(at), self.onward(at));
        let mut text = format!(
            "kind = \"enqueue\"\nqueue = \"general\"\nwaiting = \"{waiting}\"\nhold = \"{hold}\"\nnobody = \"{nobody}\"\nserved = \"{served}\"\n"
        );
        if self.dice.throw(2) == 1 {
            let _ = writeln!(text, "prompt = \"{}\"", self.prompt(name, "connecting"));
        }
        if self.dice.throw(3) == 1 {
            let (offer, next) = (self.prompt(name, "offer"), self.anywhere());
            let _ = writeln!(text, "callback = {{ key = \"1\", prompt = \"{offer}\", next = \"{next}\" }}");
        }
        Written { text, links: std::mem::take(&mut self.links) }
    }

    fn node(&mut self, name: &str, at: usize) -> Written {
        let prompt = self.prompt(name, "");
        let kind = self.dice.throw(12);
        let mut text = match kind {
            0 => format!("kind = \"say\"\nprompt = \"{prompt}\"\nnext = \"{}\"\n", self.onward(at)),
            1 => format!("kind = \"menu\"\nprompt = \"{prompt}\"\n{}", self.patience(at)),
            2 => {
                let confirm = self.prompt(name, "confirm");
                let next = self.anywhere();
                let patience = self.patience(at);
                format!(
                    "kind = \"collect\"\nprompt = \"{prompt}\"\nmin = 2\nmax = 6\nhold = \"{name}\"\nconfirm = \"{confirm}\"\nnext = \"{next}\"\n{patience}"
                )
            }
            3 => self.record(&prompt, at),
            4 => {
                let (open, closed) = (self.onward(at), self.onward(at));
                format!(
                    "kind = \"branch\"\non = \"hours\"\ncases = {{ open = \"{open}\", closed = \"{closed}\" }}\n"
                )
            }
            5 => {
                let (pin, none) = (self.prompt(name, "pin"), self.prompt(name, "none"));
                self.prompt(name, "status-received");
                let (next, many, patience) = (self.anywhere(), self.anywhere(), self.patience(at));
                format!(
                    "kind = \"lookup\"\nask_number = \"{prompt}\"\nask_pin = \"{pin}\"\nstatus = \"{name}_status\"\nstatuses = [\"received\"]\nno_such_case = \"{none}\"\nnext = \"{next}\"\ntoo_many = \"{many}\"\n{patience}"
                )
            }
            6 => return self.enqueue_node(name, at),
            7 => {
                let [ask, read, promised] = ["ask", "read", "promised"].map(|which| self.prompt(name, which));
                let (next, patience) = (self.anywhere(), self.patience(at));
                format!(
                    "kind = \"callback\"\nprompt = \"{prompt}\"\nask_number = \"{ask}\"\nread_back = \"{read}\"\npromised = \"{promised}\"\nnext = \"{next}\"\n{patience}"
                )
            }
            8 => {
                let to = ["8001", "config:office", "office:nowhere"][self.dice.throw(3)];
                let (next, failed) = (self.onward(at), self.onward(at));
                format!(
                    "kind = \"transfer\"\nprompt = \"{prompt}\"\nto = \"{to}\"\nnext = \"{next}\"\nfailed = \"{failed}\"\n"
                )
            }
            9 => {
                let (next, patience) = (self.anywhere(), self.patience(at));
                format!(
                    "kind = \"survey\"\nquestions = [{{ id = \"q\", prompt = \"{prompt}\", to = 5 }}]\nnext = \"{next}\"\n{patience}"
                )
            }
            10 => {
                let (next, patience) = (self.anywhere(), self.patience(at));
                format!(
                    "kind = \"language\"\nprompt = \"{prompt}\"\nkeys = {{ 1 = \"en\" }}\nnext = \"{next}\"\n{patience}"
                )
            }
            _ if self.dice.throw(2) == 0 => {
                let plain = if self.dice.throw(3) == 1 { "plain = true\n" } else { "" };
                format!("kind = \"hangup\"\nprompt = \"{prompt}\"\n{plain}")
            }
            _ => {
                self.prompts.remove(&prompt);
                "kind = \"hangup\"\n".to_owned()
            }
        };
        if kind == 4 {
            self.prompts.remove(&prompt);
        }
        if kind == 1 {
            let _ = writeln!(text, "[node.{name}.keys]");
            for key in 1..=(1 + self.dice.throw(5)) {
                let _ = writeln!(text, "{key} = \"{}\"", self.anywhere());
            }
        }
        Written { text, links: std::mem::take(&mut self.links) }
    }

    fn record(&mut self, prompt: &str, at: usize) -> String {
        let (next, silence) = (self.anywhere(), self.onward(at));
        let instead = match self.dice.throw(3) {
            1 => format!("without_recording = \"{}\"\n", self.onward(at)),
            _ => String::new(),
        };
        format!(
            "kind = \"record\"\nprompt = \"{prompt}\"\npurpose = \"message\"\nnext = \"{next}\"\nno_input = \"{silence}\"\n{instead}"
        )
    }

    fn enqueue_node(&mut self, name: &str, at: usize) -> Written {
        self.prompts.remove(name);
        self.enqueue(name, at)
    }
}
