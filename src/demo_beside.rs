//! What the demo's people do beside the way of a case: codes on more axes, letters, what is put right and looked at
//! again, what was learned, and in Denmark the dialogue. It throws dice of its own, so that the cases go the same way.

use std::collections::BTreeMap;

use complaints::{Channel, Finding};
use switchboard::dialogue::{
    Appointment, DialogueAction, DialogueFile, Form, Participant, ParticipantRole, Wishes,
};
use switchboard::investigation::letters::{LetterOrder, Way};
use switchboard::investigation::{CheckResult, Correction, InvestigationAction, LearningNote, LetterKind};

use super::{Dice, Going, Walk};

const DAY: i64 = 86_400;
/// Danish complaints of the last days stand in their dialogue.
const DIALOGUE_DAYS: i64 = 25;

impl Walk {
    fn beside(&self, what: u64) -> Dice {
        Dice::new(self.case.seed ^ what)
    }

    /// The agent codes the point on further axes.
    pub(super) async fn code(&mut self) -> anyhow::Result<()> {
        let mut dice = self.beside(0xC0DE);
        if !dice.chance(45) {
            return Ok(());
        }
        let file = self.file().await?;
        let Some(point) = file.points.first().map(|point| point.id.clone()) else { return Ok(()) };
        let codes = codes(&mut dice);
        self.desk(&self.case.agent)?.code_point(&self.case.id, file.case.version, &point, codes, "").await?;
        Ok(())
    }

    /// The department plans what is put right, and says what is to be learned.
    pub(super) async fn put_right(&mut self, department: &str, finding: Finding) -> anyhow::Result<()> {
        let mut dice = self.beside(0xF1);
        if !matches!(finding, Finding::Upheld | Finding::PartlyUpheld) || !dice.chance(55) {
            return Ok(());
        }
        let due_at = self.now().plus_seconds(DAY * dice.between(8, 20));
        let check_at = due_at.plus_seconds(DAY * dice.between(2, 12));
        let (what, owner) =
            dice.one_of(if self.case.danish { RIGHT_DA } else { RIGHT_ZH }).copied().unwrap_or(("—", "—"));
        let plan = Correction {
            correction: String::new(),
            point: None,
            what: what.to_owned(),
            owner: owner.to_owned(),
            due_at,
            check_at,
        };
        self.inquire(department, InvestigationAction::PlanCorrection(plan)).await?;
        if dice.chance(60) {
            let words =
                dice.one_of(if self.case.danish { LEARNED_DA } else { LEARNED_ZH }).copied().unwrap_or("—");
            let rule_gap = match dice.chance(25) {
                true if self.case.danish => GAP_DA,
                true => GAP_ZH,
                false => "",
            };
            let (learning, words, rule_gap) = (String::new(), words.to_owned(), rule_gap.to_owned());
            let note = LearningNote { learning, point: None, words, rule_gap };
            self.inquire(department, InvestigationAction::NoteLearning(note)).await?;
        }
        Ok(())
    }

    /// Whoever has footage that is asked for says on the telephone that it is kept.
    pub(super) async fn keep_footage(&self, department: &str, asked: &str) -> anyhow::Result<()> {
        let remark = if self.case.danish { "Optagelsen er gemt" } else { "录像已另行保存" };
        let file = self.file().await?;
        let mut evidence = file.view.investigation.evidence.iter();
        if let Some(entry) = evidence.find(|entry| entry.what == asked && entry.is_at_risk()) {
            let (evidence, remark) = (entry.id.clone(), remark.to_owned());
            let kept = InvestigationAction::TellPreservation { evidence, kept: true, remark };
            self.inquire(department, kept).await?;
        }
        Ok(())
    }

    async fn inquire(&self, department: &str, action: InvestigationAction) -> anyhow::Result<()> {
        let version = self.file().await?.case.version;
        Ok(self.handler(department)?.inquire(&self.case.id, version, action).await?)
    }

    /// The result on paper, for those who want it.
    pub(super) async fn write(&mut self) -> anyhow::Result<()> {
        if !self.beside(0x1E77).chance(if self.case.danish { 100 } else { 20 }) {
            return Ok(());
        }
        let (version, order) = (self.file().await?.case.version, LetterOrder::plain(LetterKind::Result));
        let way = Way::ByHand(Channel::Letter);
        self.desk(&self.case.agent)?.issue_letter(&self.case.id, version, order, way).await?;
        Ok(())
    }

    /// The supervisor looks whether it was put right; sometimes nobody has looked yet.
    pub(super) async fn look_again(&mut self) -> Going {
        let mut dice = self.beside(0xA6A1);
        let planned = self.file().await?.view.investigation.corrections;
        for one in planned {
            let Some(check_at) = one.check_at else { continue };
            let looked = self.office_hour(check_at.plus_seconds(-3600 * dice.between(1, 40)));
            if !dice.chance(93) || !self.wind(looked) {
                continue;
            }
            let partly = dice.chance(12);
            let action = InvestigationAction::CheckCorrection {
                correction: one.plan.correction,
                result: if partly { CheckResult::Partly } else { CheckResult::Done },
                remark: self.say("现场核查", "Set på stedet").to_owned(),
                again_at: partly.then(|| self.now().plus_seconds(DAY * 14)),
            };
            let version = self.file().await?.case.version;
            self.desk(&self.hall.people.supervisor)?.inquire(&self.case.id, version, action).await?;
        }
        Ok(true)
    }

    /// Whether the complaint goes into a dialogue instead: Danish ones of the last weeks do.
    pub(super) async fn dialogue(&mut self) -> anyhow::Result<bool> {
        let recent = self.case.from.plus_seconds(DAY * DIALOGUE_DAYS) > self.hall.until;
        let eligible = self.desk(&self.case.agent)?.dialogue_file(&self.case.id).await?;
        let fits =
            |file: &DialogueFile| file.points.iter().any(|point| point.eligibility.code() == "eligible");
        let Some(file) = eligible.filter(|file| self.case.danish && recent && fits(file)) else {
            return Ok(false);
        };
        let wishes = Wishes { form: Some(Form::Meeting), ..Wishes::default() };
        let yes = DialogueAction::Answer { accepted: true, motive: None, wishes };
        let agent = self.desk(&self.case.agent)?;
        agent.in_dialogue(&self.case.id, file.case.version, yes).await?;
        if !self.in_office((60, 1500)) {
            return Ok(true);
        }
        self.as_owner(DialogueAction::RecordReceipt { at: self.now() }).await?;
        if self.in_office((60, 3000)) {
            let appointment = Appointment {
                form: Form::Meeting,
                at: self.office_hour(self.hall.until.plus_seconds(DAY * 5)),
                place: "Mødelokale 2, hovedindgangen".to_owned(),
                participants: vec![Participant {
                    role: ParticipantRole::TreatingStaff,
                    name: "Overlæge Dahl".to_owned(),
                }],
            };
            self.as_owner(DialogueAction::Invite { appointment }).await?;
        }
        Ok(true)
    }

    /// Whoever runs the dialogue: a department, or the house for a place that has none.
    async fn as_owner(&self, action: DialogueAction) -> anyhow::Result<()> {
        let case = self.file().await?.case;
        let desk = match case.department.as_deref() {
            Some(department) => self.handler(department)?,
            None => self.desk(&self.hall.people.supervisor)?,
        };
        Ok(desk.in_dialogue(&self.case.id, case.version, action).await?)
    }
}

/// Codes on the axes that an agent fills in while the caller tells.
pub(crate) fn codes(dice: &mut Dice) -> BTreeMap<String, String> {
    let chosen = [
        (
            "subject",
            dice.weighted(&[("attitude", 4), ("communication", 3), ("clinical-treatment", 3)], "other"),
        ),
        (
            "hcat",
            dice.weighted(
                &[("respect-and-rights", 4), ("institutional-processes", 3), ("quality", 3)],
                "quality",
            ),
        ),
        ("severity", dice.weighted(&[("1", 4), ("2", 5), ("3", 2)], "2")),
        ("harm_told", dice.weighted(&[("0", 3), ("1", 4), ("2", 2), ("3", 1)], "1")),
    ];
    chosen.into_iter().map(|(axis, code)| (axis.to_owned(), code.to_owned())).collect()
}

/// What is put right, and who answers for it.
const RIGHT_ZH: &[(&str, &str)] = &[
    ("窗口服务规范培训,并在岗位张贴服务用语", "门诊部主任"),
    ("收费系统增加重复项目提示", "信息科、财务科"),
    ("检查延误须在一小时内告知患者并改约", "医技科主任"),
    ("病区夜间巡视登记每周抽查", "护理部主任"),
];
const RIGHT_DA: &[(&str, &str)] = &[
    ("Fast procedure for besked om aflyste operationer", "Afdelingssygeplejersken"),
    ("To læger ser røntgenbilleder, før patienten sendes hjem", "Ledende overlæge"),
];
/// What was learned, without anybody's name.
const LEARNED_ZH: &[&str] = &[
    "同类投诉多发生在午间交班时段,建议错峰安排人员。",
    "患者更在意有没有人解释,而不是等了多久。",
    "账单说明一次讲清,可以避免多数复核要求。",
];
const GAP_ZH: &str = "收费复核没有书面答复时限的规定。";
const GAP_DA: &str = "Ingen regel siger, hvor hurtigt pårørende skal ringes op.";
const LEARNED_DA: &[&str] = &["Et opkald samme dag ville have sparet både klagen og tre breve."];
