# 公平性报表
report-equity = 公平性报表
report-equity-about = 按语言、渠道、地区、热线号码、诉求类型、类别或周统计工单的结果:不予受理、按时答复、认定属实、解决、满意。某一群体与其他群体的差异超出偶然范围的,列于总览之下。
report-table-gaps = 结果与其他群体有明显差异的群体(置信度 { $confidence }%)
report-column-language = 语言
report-column-channel = 渠道
report-column-status = 状态
report-column-compared-by = 比较维度
report-column-group = 群体
report-column-figure = 指标
report-column-of-group = 该群体
report-column-of-others = 其他全部
report-channel-call = 来电
report-channel-message = 语音留言
report-channel-page = 网页
report-channel-web = 互联网
report-channel-open311 = Open311
report-channel-api = 其他系统
figure-cases-received = 收到
figure-cases-received-formula = 本期收到的工单
figure-cases-refused = 不予受理
figure-cases-refused-formula = 其中按规定理由不予受理的
figure-cases-ended-otherwise = 其他方式结束
figure-cases-ended-otherwise-formula = 其中撤回、终止、合并、转送或未答复即归档的
figure-cases-answered = 已答复
figure-cases-answered-formula = 其中承办部门已答复的
figure-cases-open = 在办
figure-cases-open-formula = 其中尚无上述结果的
figure-answer-days = 答复天数
figure-answer-days-formula = 自收到至答复天数的中位数,仅计已答复的
figure-refused-rate = 不予受理率
figure-refused-rate-formula = 不予受理 ÷ 收到。不足 { $few-cases } 不计百分比
figure-answered-in-time-rate = 按时答复率
figure-answered-in-time-rate-formula = 期限内答复 ÷ 已答复或在办已逾期
figure-upheld-rate = 属实率
figure-upheld-rate-formula = 至少一个要点全部或部分属实 ÷ 已答复且有认定
figure-asked-rate = 回访应答率
figure-asked-rate-formula = 回访时说明是否解决 ÷ 已答复
figure-found-solved-rate = 解决率
figure-found-solved-rate-formula = 表示“已解决” ÷ 说明是否解决的
figure-found-satisfied-rate = 满意率
figure-found-satisfied-rate-formula = 评分不低于 { $satisfied } ÷ 已评分的
figure-came-back-rate = 重办率
figure-came-back-rate-formula = 至少重办一次 ÷ 已答复
report-note-confidence = 差异的置信度

# Where rules are wanting
course-field-rule-gap = 缺少或不适用的规定
learning-rule-gap = 规定缺失:{ $gap }

# New themes
report-themes = 新问题报表
report-themes-about = 哪些问题比以往明显增多(按类别、医疗机构或地区),以及哪些规定缺失或不适用,供制定规定的部门参考。可打印作为政策建议;不含任何人的姓名。
report-table-rule-gaps = 规定缺失或不适用之处
report-column-category-institution = 类别和医疗机构
report-column-category-region = 类别和地区
report-column-theme-new = 是否新问题
report-column-rule-gap = 缺失的规定
report-theme-new = 新问题
report-theme-usual = 与以往相当
figure-theme-points = 要点数
figure-theme-points-formula = 本期收到的投诉要点
figure-theme-callers = 来电人数
figure-theme-callers-formula = 其中不同的电话号码数;没有号码的工单各计一人
figure-theme-before = 以往
figure-theme-before-formula = 本期之前 { $stretches } 个等长时段收到的要点
figure-theme-expected = 预期
figure-theme-expected-formula = 以往 ÷ { $stretches }
figure-theme-chance = 每十万期的偶然次数
figure-theme-chance-formula = 若情况未变,十万个同长时段中有多少个会出现这么多或更多(泊松分布)。低于 { $chance } 且至少 { $callers } 人反映的为新问题
reports-new-themes = { $count ->
    [0] 近30天没有新问题
   *[other] 近30天有 { $count } 个新问题
}

# Figures for everybody
report-publication = 公开统计
report-publication-about = 按类别和地区统计收到的工单,以及各承办部门按时办结情况,以整月计。较小的数字不予公布,并隐去足够多的其他数字,使人无法推算;表格可直接对外公布。
report-table-completion = 各承办部门办结情况
report-published-done-on-time = 按时办结
report-published-done-late = 逾期办结
report-published-returned-or-taken-back = 退单或收回
report-published-open = 在办
report-withheld = 不公布
report-note-withheld = 为保护小于该数的数字而不公布
