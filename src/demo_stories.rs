//! What callers of the demo complain of: invented matters at invented institutions. `{i}` is the institution.

use domain::RequestType::{self, Complaint, Help, Report, Suggestion};

/// One matter.
#[derive(Debug)]
pub(crate) struct Story {
    /// Code of the category.
    pub(crate) category: &'static str,
    pub(crate) request_type: RequestType,
    /// 1 slight to 4 most serious.
    pub(crate) severity: u8,
    /// How often it comes, relative to the others.
    pub(crate) weight: i64,
    pub(crate) words: &'static str,
    /// What was found and done, in the words of the department.
    pub(crate) outcome: &'static str,
}

macro_rules! stories {
    ($($category:literal $kind:ident $severity:literal $weight:literal $words:literal $outcome:literal;)+) => {
        &[$(Story {
            category: $category, request_type: $kind, severity: $severity, weight: $weight, words: $words,
            outcome: $outcome,
        }),+]
    };
}

/// Matters of the Chinese line.
pub(crate) const CHINESE: &[Story] = stories![
    "attitude" Complaint 2 8 "昨天带母亲去{i}看病,窗口的工作人员态度很差,问两句就不耐烦,还把单子扔出来。" "经核实情况属实,当班人员已向家属当面道歉,科室组织了服务规范培训。";
    "attitude" Complaint 2 6 "在{i}门诊候诊时向护士询问叫号顺序,护士大声训斥,说等不及就去别家。" "已约谈当事护士并批评教育,门诊增设了叫号说明。";
    "attitude" Complaint 2 4 "{i}的医生看诊不到一分钟,一直看手机,不回答病人的问题。" "调取监控后确认接诊时间过短,已对当事医生诫勉谈话。";
    "fees" Complaint 2 8 "在{i}做检查被重复收费两次,要求退费,收费处一直推给科室。" "核查账目确认重复收费一项,款项已原路退还。";
    "fees" Complaint 2 5 "{i}出院结算单里有几项没有做过的治疗,希望核对并说明。" "逐项核对后退还未执行项目费用,并提供了明细清单。";
    "fees" Complaint 1 4 "{i}住院押金出院三周还没有退,电话打不通。" "押金已退至原账户,财务科已说明延误原因并致歉。";
    "process" Complaint 2 7 "在{i}预约了上午九点的检查,等到下午两点才做上,没有人说明原因。" "设备故障未及时告知,已改进通知流程并致歉。";
    "process" Complaint 2 5 "{i}的预约电话打了一上午没人接,网上号也抢不到。" "已增加话务人员,并开放部分现场号源。";
    "process" Help 2 3 "父亲在{i}急诊等床位两天了,请帮忙协调。" "经协调已安排住院床位。";
    "quality" Complaint 3 5 "孩子在{i}看发烧三次都说是感冒,后来在别的医院查出肺炎,要求调查。" "组织专家复核病历,认定首诊检查不够充分,已与家属沟通并完善首诊制度。";
    "quality" Complaint 3 4 "母亲在{i}手术后伤口反复感染,医生一直说没事,要求给个说法。" "复核认为围手术期用药规范,感染与基础病有关,已向家属书面说明。";
    "quality" Complaint 2 3 "在{i}补牙一周就掉了两次,医生不愿意重做。" "医院免费重新修复,患者接受。";
    "communication" Complaint 2 5 "{i}手术前没有讲清楚风险,签字的时候也不让看,现在出现并发症。" "核查知情同意书签署过程不规范,科室已整改,医患办与家属沟通三次。";
    "communication" Complaint 2 4 "在{i}做的检查结果两周没有人通知,问哪个科室都说不知道。" "结果已当面解释,检验科建立了异常结果通知登记。";
    "safety" Complaint 3 3 "老人在{i}住院时夜里从床上摔下来,护栏没有拉上,没有人陪护巡视。" "巡视记录缺失属实,病区已整改防跌倒措施,医院承担检查费用。";
    "safety" Complaint 4 1 "{i}输液时把别的病人的药给我家人挂上了,输了一半才发现。" "确认为查对制度执行不到位,按不良事件上报并处理责任人。";
    "drugs" Complaint 2 3 "{i}药房发的药和处方上的剂量不一样,回家吃了两天才发现。" "药房核对差错属实,已更换药品并随访患者,未见不良后果。";
    "drugs" Help 2 2 "一种长期吃的降压药{i}一直说没有货,附近药店也买不到。" "已联系供应企业补货,并告知可替代品种。";
    "environment" Complaint 1 4 "{i}住院楼的厕所很脏,电梯经常停,轮椅上不去。" "后勤已增加保洁频次,电梯完成检修。";
    "records" Complaint 2 3 "到{i}复印病历被要求跑了三个窗口,还缺一页手术记录。" "补齐病历并寄送,病案室实行一站办理。";
    "privacy" Complaint 3 2 "{i}的医生在走廊大声说我的病情,旁边都是人。" "涉事医生已致歉,科室设置了单独谈话间。";
    "dispute" Complaint 3 2 "家人在{i}治疗后留下残疾,医院让签协议私了,想知道正规的处理途径。" "已告知医疗纠纷调解途径,双方同意由调解委员会受理。";
    "unlicensed" Report 3 3 "举报城中区一个小区里有人无证给人打美容针,已经有人脸上发炎。" "现场检查属实,已立案查处并没收器械。";
    "unlicensed" Report 3 2 "举报南岸区一家门面挂着养生馆的牌子,其实在给人看病开药。" "现场未见诊疗行为,已责令停止发布违规宣传并列入巡查。";
    "public_health" Report 2 3 "举报西山区一家餐馆旁的诊所把针头和垃圾一起丢在路边。" "查实医疗废物处置违规,已责令整改并处罚。";
    "public_health" Complaint 2 2 "社区说好的疫苗到了又说没有,孩子已经晚打两个月。" "已协调疫苗并通知补种时间。";
    "environment" Suggestion 1 2 "建议{i}门诊大厅多放几把椅子,老年人站着等太累。" "建议已采纳,大厅增设座椅四十个。";
    "process" Suggestion 1 2 "建议{i}把检查预约和取报告放在同一层楼。" "已列入门诊改造计划,并回复建议人。";
];

/// Matters of the Danish line.
pub(crate) const DANISH: &[Story] = stories![
    "communication" Complaint 2 5 "Jeg fik ikke at vide på {i}, hvorfor operationen blev aflyst, og ingen ringede tilbage." "Afdelingen har beklaget forløbet og gennemgået, hvordan patienter får besked om aflysninger.";
    "quality" Complaint 3 4 "Min mor blev sendt hjem fra {i} med et brud, der først blev fundet ugen efter." "Billederne er gennemgået igen; bruddet burde være set. Afdelingen har ændret sin praksis for svar på røntgen.";
    "attitude" Complaint 2 3 "Personalet på {i} talte hen over hovedet på mig, mens jeg lå på stuen." "Afdelingsledelsen har talt med personalet og givet patienten en undskyldning.";
    "process" Complaint 2 3 "Jeg har ventet i fire måneder på en udredning på {i}, selv om jeg blev lovet 30 dage." "Patienten er tilbudt tid på et andet sygehus inden for to uger.";
    "records" Complaint 2 2 "Min journal fra {i} mangler et helt notat fra indlæggelsen." "Notatet er fundet og lagt i journalen; patienten har fået kopi.";
    "privacy" Complaint 3 1 "En ansat på {i} har fortalt min nabo, at jeg var indlagt." "Sagen er undersøgt efter reglerne om tavshedspligt, og den ansatte har fået en påtale.";
];
