//! What the forms of a dialogue say: fields as typed become one action of the rules.

use chrono::NaiveDateTime;
use domain::{PointId, Timestamp};
use switchboard::dialogue::{
    Appointment, DialogueAction as Action, DialogueFile, Form, NewPoint, Owner, OwnerKind, Participant,
    Wishes, Withdrawal,
};

use crate::page::Page;
use crate::{Error, Result};

/// Rows for participants on a form.
pub(super) const PARTICIPANTS: i64 = 3;

/// The fields of a form, in the order they came.
pub(super) struct Fields<'a> {
    pub(super) page: &'a Page,
    pub(super) typed: &'a [(String, String)],
}

impl Fields<'_> {
    pub(super) fn text(&self, name: &str) -> &str {
        self.typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    fn owned(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    fn wrong(&self, label: &str) -> Error {
        Error::Unreadable(self.page.t(label))
    }

    /// A code of a closed set; `label` is the message id of the field's name.
    fn code<T: std::str::FromStr>(&self, name: &str, label: &str) -> Result<T> {
        self.text(name).parse().map_err(|_| self.wrong(label))
    }

    /// The same, where nothing may be chosen.
    fn code_if<T: std::str::FromStr>(&self, name: &str, label: &str) -> Result<Option<T>> {
        if self.text(name).is_empty() { Ok(None) } else { self.code(name, label).map(Some) }
    }

    /// Day and time as a browser sends them, on the clock of the screens.
    fn moment(&self, name: &str) -> Result<Timestamp> {
        let typed = NaiveDateTime::parse_from_str(self.text(name), "%Y-%m-%dT%H:%M")
            .or_else(|_| NaiveDateTime::parse_from_str(self.text(name), "%Y-%m-%dT%H:%M:%S"));
        let local = typed.map_err(|_| self.wrong("dialogue-at"))?;
        let at = local.and_local_timezone(self.page.zone()).earliest();
        let at = at.ok_or_else(|| self.wrong("dialogue-at"))?;
        Ok(Timestamp(at.timestamp_millis()))
    }

    fn participants(&self) -> Result<Vec<Participant>> {
        let mut all = Vec::new();
        for row in 1..=PARTICIPANTS {
            let name = self.text(&format!("name-{row}"));
            if !name.is_empty() {
                let role = self.code(&format!("role-{row}"), "dialogue-role")?;
                all.push(Participant { role, name: name.to_owned() });
            }
        }
        Ok(all)
    }

    fn wishes(&self) -> Result<Wishes> {
        Ok(Wishes {
            form: self.code_if("wish_form", "dialogue-wish-form")?,
            participants: self.owned("wish_participants"),
            interpreter: self.owned("wish_interpreter"),
            other: self.owned("wish_other"),
        })
    }

    fn withdrawal(&self) -> Result<Withdrawal> {
        let channel = self.code("channel", "dialogue-channel")?;
        Ok(Withdrawal { statement: self.owned("statement"), informed: self.ticked("informed"), channel })
    }

    fn withdrawal_if(&self) -> Result<Option<Withdrawal>> {
        if self.text("statement").is_empty() { Ok(None) } else { self.withdrawal().map(Some) }
    }

    fn point(&self, file: &DialogueFile) -> Result<PointId> {
        let ordinal = self.text("point");
        let point = file.points.iter().find(|point| point.ordinal.to_string() == ordinal);
        point.map(|point| point.id.clone()).ok_or(Error::NotFound)
    }
}

/// The action of the form called `what`; not found where there is no such form.
pub(super) fn action(what: &str, fields: &Fields<'_>, file: &DialogueFile) -> Result<Action> {
    Ok(match what {
        "answer" => Action::Answer {
            accepted: fields.text("accepted") == "yes",
            motive: fields.code_if("motive", "dialogue-motive")?,
            wishes: fields.wishes()?,
        },
        "clarify" => Action::Clarify {
            point: fields.point(file)?,
            topic: fields.code_if("topic", "dialogue-point-topic")?,
            payer: fields.code_if("payer", "dialogue-point-payer")?,
        },
        "tell" => Action::TellAlternative,
        "wishes" => Action::ChangeWishes { wishes: fields.wishes()? },
        "receipt" => Action::RecordReceipt { at: fields.moment("at")? },
        "owner" => change_owner(fields, file),
        "companion" => Action::NameCompanion {
            companion: fields.code("companion", "dialogue-companion-kind")?,
            name: fields.owned("name"),
        },
        "scheme" => Action::RequestCompanion { adviser_helps: fields.ticked("adviser") },
        "scheme-answer" => {
            let name = fields.owned("name");
            Action::AnswerCompanionRequest { name: (!name.is_empty()).then_some(name) }
        }
        "interpreter" => Action::OrderInterpreter { language: fields.owned("language") },
        _ => return held_or_ended(what, fields),
    })
}

fn held_or_ended(what: &str, fields: &Fields<'_>) -> Result<Action> {
    Ok(match what {
        "invite" => Action::Invite {
            appointment: Appointment {
                form: fields.code("form", "dialogue-form")?,
                at: fields.moment("at")?,
                place: fields.owned("place"),
                participants: fields.participants()?,
            },
        },
        "hold" => Action::Hold {
            at: fields.moment("at")?,
            form: fields.code::<Form>("form", "dialogue-form")?,
            participants: fields.participants()?,
            companion_came: fields.ticked("companion_came"),
            minutes: fields.owned("minutes"),
        },
        "learn" => Action::Learn { note: fields.owned("note") },
        "no-show" => Action::NoShow {
            absent: fields.code("absent", "dialogue-no-show-who")?,
            note: fields.owned("note"),
            again: fields.ticked("again"),
        },
        "unreachable" => Action::Unreachable { note: fields.owned("note") },
        "refuses" => {
            Action::SiteRefuses { institution: fields.owned("institution"), note: fields.owned("note") }
        }
        "incapacity" => {
            let name = fields.owned("representative");
            Action::Incapacity {
                incapacity: fields.code("incapacity", "dialogue-incapacity")?,
                representative: (!name.is_empty()).then_some(name),
            }
        }
        _ => return ended(what, fields),
    })
}

fn ended(what: &str, fields: &Fields<'_>) -> Result<Action> {
    Ok(match what {
        "decline" => Action::Decline {
            at: fields.moment("at")?,
            channel: fields.code("channel", "dialogue-channel")?,
            maintained: fields.code_if("maintained", "dialogue-maintained")?,
            withdrawal: fields.withdrawal_if()?,
        },
        "ask-back" => Action::AnswerAskBack {
            maintained: fields.code("maintained", "dialogue-maintained")?,
            withdrawal: fields.withdrawal_if()?,
        },
        "maintain" => Action::Maintain {
            added: fields.text("added").lines().filter_map(new_point).collect(),
            dropped: fields
                .typed
                .iter()
                .filter(|(key, _)| key == "drop")
                .map(|(_, id)| PointId::new(id))
                .collect(),
        },
        "withdraw" => Action::Withdraw(fields.withdrawal()?),
        "satisfied" => Action::EndSatisfied(fields.withdrawal()?),
        "assemble" => {
            Action::Assemble { statement: fields.owned("statement"), with_minutes: fields.ticked("minutes") }
        }
        "send" => {
            Action::Send { at: fields.moment("at")?, channel: fields.code("channel", "dialogue-channel")? }
        }
        "acknowledge" => {
            Action::Acknowledge { at: fields.moment("at")?, reference: fields.owned("reference") }
        }
        _ => return Err(Error::NotFound),
    })
}

fn new_point(line: &str) -> Option<NewPoint> {
    let words = line.trim();
    (!words.is_empty())
        .then(|| NewPoint { id: switchboard::dialogue::new_point_id(), words: words.to_owned() })
}

fn change_owner(fields: &Fields<'_>, file: &DialogueFile) -> Action {
    let old = file.dialogue.owner.as_ref();
    let region = fields.owned("region");
    Action::ChangeOwner {
        owner: Owner {
            kind: OwnerKind::Region,
            code: region.clone(),
            region,
            department: old.map(|owner| owner.department.clone()).unwrap_or_default(),
            open_point: false,
        },
        reason: fields.owned("reason"),
    }
}
