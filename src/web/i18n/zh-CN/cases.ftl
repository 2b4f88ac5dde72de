# 工单列表
cases-title = 工单
cases-of-department = { $department }的工单
cases-helping-title = 我部门协办的工单
cases-returned-title = 已退单，待改派
cases-returned-none = 没有退单。
cases-none = 没有符合条件的工单。
cases-count = 共 { $count } 件
cases-filter-apply = 查询
cases-filter-reset = 查看全部未办结
cases-filter-status = 状态
cases-filter-any = 不限
cases-filter-open = 全部未办结
cases-filter-due = 时限
cases-filter-due-any = 不限
cases-filter-due-today = 今日内到期
cases-filter-due-overdue = 已超期
cases-filter-type = 诉求类型
cases-filter-category = 类别
cases-filter-department = 承办部门
cases-filter-from = 受理日期起
cases-filter-to = 受理日期止
cases-search-wanted = 工单号或电话号码
cases-search = 查找
cases-count-many = 超过10,000件,请缩小范围
refused-search-not-a-number = 请输入工单号或电话号码
refused-search-by-telephone = 只有坐席和班长可以按电话号码查找,请提供工单号
cases-column-number = 工单号
cases-column-received = 受理时间
cases-column-subject = 事项
cases-column-institution = 医疗机构
cases-column-department = 承办部门
cases-column-status = 状态
cases-column-due = 到期
cases-column-reason = 退单理由
cases-next-page = 下一页
cases-previous-page = 上一页

# 到期的说法
case-due-none = 无时限
case-due-today = 今日到期
case-due-in = { $days ->
    [1] 明日到期
   *[other] 还有 { $days } 天到期
}
case-due-overdue = { $days ->
    [0] 今日已超期
   *[other] 已超期 { $days } 天
}
case-due-met = 按期完成
case-due-late = 超期完成
case-due-provisional = 暂定：相应年度的放假安排尚未公布

# 状态

# 工单
case-title = 工单 { $number }
case-reopened-times = 重新办理 { $count } 次
case-urgent = 紧急
case-confidential = 保密
case-confidential-hint = 不得向被反映的机构或人员透露来电人。
case-severity = 严重程度
case-severity-1 = 轻微
case-severity-2 = 一般
case-severity-3 = 严重
case-severity-4 = 特别严重
case-facts = 基本情况
case-fact-type = 诉求类型
case-fact-received = 受理时间
case-fact-line = 热线号码
case-fact-language = 语言
case-fact-complainant = 来电人
case-fact-anonymous = 匿名
case-fact-withheld-for-you = 保密，不予显示
case-fact-phone = 电话
case-fact-no-phone = 未留电话
case-fact-department = 承办部门
case-fact-nobody = 尚未派发
case-fact-pin = 来电人查询密码
case-phone-reveal = 显示完整号码
case-phone-reason = 查看的理由
case-phone-reason-hint = 理由将记入审计日志。
case-points = 诉求点
case-point = 诉求点 { $ordinal }
case-point-institution = 医疗机构
case-point-place = 地点
case-point-persons = 涉及人员
case-point-happened = 时间
case-point-words = 来电人原话
case-point-category = 类别
case-point-suggested = 系统建议：{ $category }
case-point-finding = 认定
case-point-outcome = 处理意见
case-unknown = 不详

# 时限
case-clocks = 时限
case-clocks-over = 已完成的时限
case-clock-answer = 答复
case-clock-sign = 签收
case-clock-return = 退单
case-clock-follow-up = 回访
case-clock-dispatch = 派发
case-clock-acknowledge = 受理告知
case-clock-accept = 是否受理的决定
case-clock-dispatch-pressing = 紧迫工单派发
case-clock-dispatch-urgent = 紧急工单派发
case-clock-rule = 争议裁定
case-clock-answer-joint = 多部门答复
case-clock-co-handle = 协办反馈
case-clock-reply = 答复诉求人
case-clock-call-back = 回电
case-clock-dialogue = 调解对话
case-clock-autopsy = 尸检
case-clock-mediation = 调解
case-clock-information = 其他期限
case-clock-until = { $moment }前
case-clock-law = 依据
case-clock-counted = 计算过程
case-clock-day-start-day = 起算当日，不计入
case-clock-day-working-day = 工作日
case-clock-day-make-up-workday = 调休上班
case-clock-day-weekend = 周末
case-clock-day-holiday = { $name }
case-clock-day-calendar-day = 自然日
case-clock-day-closed = 非办公时间
case-clock-day-extended = 延期
case-clock-extended = 延期{ $what }
case-clock-stands-still = 已挂起
case-clock-earliest = 时限已挂起,所示日期为最早可能的到期日。
case-clock-taken-over = 本时限来自已合并到本工单的工单：其到期日较早，在此继续计算。
case-clock-unstarted-autopsy = 尸检：患者已死亡，但未记录死亡时间。时限自死亡时起算，目前无法计算：请询问死亡时间，并选择“记录患者死亡时间”。
case-clock-unstarted-answer = 答复：时限尚未起算，法律规定自后续环节（派发或签收）起算。
case-clock-week = 起始日
case-clock-log = 期限重新计算记录
case-clock-cause-history = 工单发生变化
case-clock-cause-books = 法规、日历或决定有变更
case-clock-weekday-1 = 一
case-clock-weekday-2 = 二
case-clock-weekday-3 = 三
case-clock-weekday-4 = 四
case-clock-weekday-5 = 五
case-clock-weekday-6 = 六
case-clock-weekday-7 = 日
case-clock-key-counted = 计入
case-clock-key-off = 休息日
case-clock-key-paused = 挂起
case-clock-key-suspended = 依决定暂停
case-clock-key-granted = 延期
case-clock-key-last = 到期日
cases-warned = 时限已过 { $percent }%
case-clock-day-paused = 挂起:{ $reason }
case-clock-day-suspended = 暂停计算:{ $citation }
pause-awaiting-complainant = 等待诉求人补充
pause-awaiting-evidence = 等待证据材料
pause-appraisal = 鉴定期间
pause-other-proceedings = 其他机关正在处理
pause-agreed = 双方同意
pause-force-majeure = 不可抗力

# 办理记录
case-history = 办理记录
case-history-picture = 办理经过示意图，下方列表为同一内容的文字说明。
case-history-house = 系统

# 可办事项
case-actions = 待办
case-actions-none = 目前没有需要您办理的事项。
case-actions-rare = 较少使用的操作
case-missing-title = 办结前还需
case-missing-none = 条件齐备，可以办结。

case-dispatch = 派发
case-dispatch-again = 改派其他部门
case-dispatch-to = 承办部门
case-dispatch-proposed = 规则建议：{ $department }
case-dispatch-mandatory = 此规则为强制规则。
case-dispatch-no-rule = 没有适用的规则，请选择承办部门。
case-dispatch-reason = 如不按建议派发，请说明理由
case-dispatch-do = 派发
case-sign = 签收
case-sign-hint = 签收后由本部门负责办理。
case-return = 退单
case-return-hint = 仅限明显不属于本部门职责的事项，由热线决定改派。
case-return-reason = 退单理由
case-return-do = 退回热线
case-return-not-again = 该工单经热线裁定由本部门承办，不得再次退单。
case-steps = 调查步骤
case-steps-none = 尚无调查记录。
case-step-add = 记录调查步骤
case-step-kind = 做了什么
case-step-note = 结果如何
case-step-do = 记录
case-answer = 答复
case-answer-hint = 每个诉求点都要有认定和处理意见。
case-answer-finding = 认定
case-answer-outcome = 处理意见
case-answer-kind = 处理结果类别
case-answer-do = 提交答复
case-reject = 退回重办
case-reject-reason = 答复有何不足
case-reject-do = 退回承办部门
case-feedback = 反馈
case-feedback-channel = 以何种方式反馈
case-feedback-note = 反馈内容
case-feedback-waived = 来电人无需回复
case-feedback-waived-reason = 来电人说明的理由
case-feedback-do = 记录反馈
case-route = 申诉途径告知
case-route-which = 告知了哪种途径
case-route-how = 告知方式
case-route-do = 记录告知
case-close = 办结
case-close-do = 办结工单

# 回访与回拨
callbacks-title = 回访与回拨
callbacks-none = 目前没有需要回电的人。
callbacks-column-purpose = 事由
callbacks-column-who = 对象
callbacks-column-phone = 电话
callbacks-column-when = 时间
callbacks-column-attempts = 呼叫次数
callbacks-column-state = 状态
callbacks-open = 打开
callback-title = 回电
callback-queue-caller = 保留排队位置的来电人
callback-state-due = 待呼叫
callback-state-dialling = 呼叫中
callback-state-done = 已完成
callback-state-parked = 已搁置，待人工决定
callback-state-cancelled = 已取消
callback-now = 现在
callback-next = { $moment }起
callback-due = 承诺 { $moment } 前
callback-late = 承诺 { $moment } 前，已超期
callback-wish = 来电人希望
callback-claimed = { $name }处理中
callback-claim = 由我处理
callback-release = 交回
callback-dial = 立即呼叫
callback-dial-hint = 先接通您的电话，您应答后再呼叫对方。
callback-dialling = 正在呼叫。
callback-attempts = 呼叫记录
callback-attempts-none = 尚未呼叫。
callback-attempt-by = { $channel ->
    [provider] 系统呼叫
   *[other] 人工拨打
}
callback-attempt-log = 登记人工拨打
callback-attempt-outcome = 呼叫结果
callback-attempt-note = 备注
callback-attempt-do = 登记
callback-machine = 语音信箱留言
callback-machine-agreed = 同意
callback-machine-declined = 不同意
callback-machine-not-asked = 未询问
callback-machine-no-message = 语音信箱:不留言
callback-machine-left = 已留言
callback-machine-say = 可以说的内容:
callback-machine-why-purpose = 此类回访不留言。
callback-machine-why-not-agreed = 当事人未同意留言,请勿留言。
callback-machine-why-left-before = 此前已留言,请勿再次留言。
callback-opening = 确认接听人身份之前,只说明自己是谁并请本人接听,不要提及事由。
callback-message = 您好,这里是热线留言。请回电 { $phone }。再见。
callback-message-reference = 您好,这里是热线留言。您的编号是 { $reference }。请回电 { $phone }。再见。
callback-outcome = 通话结果
callback-outcome-solved = 问题是否解决？
callback-outcome-yes = 已解决
callback-outcome-no = 未解决
callback-outcome-not-asked = 未问到或未回答
callback-outcome-satisfaction = 满意程度
callback-outcome-note = 对方意见
callback-outcome-do = 登记结果
callback-outcome-hint = “未解决”或最低两档评价，将使工单重新办理。
callback-outcome-dialogue = 此处记录会写入对话历史，但不作任何决定：邀请、决定或撤回请在对话页面登记。
callback-to-dialogue = 前往本工单的对话页
satisfaction-very-satisfied = 非常满意
satisfaction-satisfied = 满意
satisfaction-basically-satisfied = 基本满意
satisfaction-dissatisfied = 不满意
satisfaction-very-dissatisfied = 非常不满意
satisfaction-none = 未评价

# 不予办理的说明

case-status-received = 已受理
case-status-recorded = 已登记
case-status-classified = 已分类
case-status-dispatched = 已派发
case-status-signed = 已签收
case-status-returned = 已退单
case-status-in-progress = 调查中
case-status-answered = 已答复
case-status-fed-back = 已反馈
case-status-solved = 已解决
case-status-closed = 已办结
case-status-closed-unreached = 已办结（未能回访）
case-status-reopened = 重新办理

case-event-opened = 生成工单
case-event-number-told = 已告知来电人受理编号
case-event-article-told = 已告知来电人：{ $what }
case-event-point-classified = 类别定为{ $what }
case-event-dispatched = 派发至{ $what }
case-event-signed-for = 已签收
case-event-returned = 退单：{ $what }
case-event-step-logged = { $what }
case-event-point-answered = 诉求点答复：{ $what }
case-event-answered = 已提交答复
case-event-sent-back = 答复退回承办部门
case-event-fed-back = 已反馈结果（{ $what }）
case-event-feedback-waived = 来电人表示无需回复
case-event-route-notice-given = 已告知：{ $what }
case-event-route-notice-waived = 未告知申诉途径
case-event-follow-up-due = 约定回访
case-event-follow-up-scheduled = 回访期限：{ $what }
case-event-follow-up-waived = 来电人不需要回访
case-event-follow-up-done = 已回访：{ $what }
case-event-follow-up-unreached = 多次呼叫未能联系上来电人
case-event-callback-promised = 已约定回电：{ $what }
case-event-callback-ended = 回电结束：{ $what }
case-event-closed = 已办结
case-event-reopened = 重新办理：{ $what }
case-event-phone-revealed = 查看完整号码
case-event-ruled = 热线裁定，不得退单

callback-purpose-queue-callback = 预约回拨
callback-purpose-promised-advice = 约定答复咨询
callback-purpose-ask-facts = 补充情况
callback-purpose-give-result = 告知结果
callback-purpose-satisfaction = 回访：问题是否解决
callback-purpose-dialogue-contact = 联系调解对话
callback-purpose-dialogue-decision = 对话后的决定
callback-purpose-recheck = 再次回访

attempt-under-way = 进行中
attempt-reached = 已接通
attempt-reached-inbound = 对方先行来电
attempt-no-answer = 无人接听
attempt-busy = 占线
attempt-unreachable = 关机或不在服务区
attempt-machine = 语音信箱
attempt-message-left = 语音信箱,已留言
attempt-silent = 接通后无人说话
attempt-wrong-number = 号码有误
attempt-invalid-number = 空号
attempt-refused = 拒绝来电
attempt-technical = 技术故障，不计次数
attempt-not-dialled = 未拨出，不计次数
attempt-unreached = 多次呼叫未能联系上

parked-no-window = 已没有可以呼叫的时段。
parked-number = 号码需要通过其他方式更正。
parked-technical = 运营商连续故障。
parked-no-rule = 这种呼叫结果没有对应的规则。

step-records-consulted = 查阅病历
step-footage-requested = 调取监控
step-parties-heard = 询问当事人
step-other = 其他

return-not-ours = 不属于本部门职责
return-duplicate = 其他部门已受理同一事项
return-too-little = 现有材料无法调查
return-conflict = 被反映的是本部门人员
return-other = 其他

finding-upheld = 属实
finding-partly-upheld = 部分属实
finding-not-upheld = 不属实
finding-not-established = 无法查实

outcome-remedy = 予以补救
outcome-opinion = 给出处理意见，无补救措施

reopen-not-solved = 问题未解决
reopen-new-facts = 有新的情况
reopen-wrong-department = 承办部门有误
reopen-other = 其他

channel-phone = 电话
channel-sms = 短信
channel-email = 电子邮件
channel-letter = 信函
channel-in-person = 当面

missing-category = 每个诉求点都要有类别。
missing-investigation-step = 至少要有一条调查记录。
missing-finding = 每个诉求点都要有认定。
missing-outcome = 每个诉求点都要有处理意见。
missing-feedback = 须将结果反馈来电人，或由来电人表示无需回复。
missing-route-notice = 须告知来电人不服时的申诉途径。
missing-follow-up = 尚未回访。

# 不予办理的说明
refused-wrong-role = 您的角色不能办理此项。
refused-not-your-department = 该工单不由您的部门承办。
refused-no-such-point = 工单中没有这个诉求点。
refused-no-category = 请选择类别。
refused-no-department = 请选择承办部门。
refused-needs-reason = 请说明理由。
refused-mandatory-rule = 该类别适用强制派发规则，只有班长可以说明理由后改派。
refused-designated-not-returnable = 热线已裁定由本部门承办，不得退单。
refused-mandatory-not-returnable = 该类别适用强制派发规则，不得退单。
refused-already-answered = 工单已经答复，不能再退单。
refused-incomplete = 还缺少以下内容。
refused-department-unknown = 没有这个承办部门，请从列表中选择。
refused-route-unknown = 请从列表中选择途径。
refused-points = 工单至少要有一个诉求点，每个诉求点都要写明来电人原话。
refused-category-unknown = 没有这个类别。
refused-request-type = 请选择诉求类型。
refused-line-unknown = 没有这个热线号码。
refused-follow-up-no-phone = 没有可以回电的号码。
refused-callback-done = 这项回电已经完成。
refused-callback-not-yours = 这项回电已由他人处理。
refused-callback-busy = 正在通话。请等通话结束，或登记呼叫结果。
refused-callback-not-parked = 只有已搁置的回电可以放弃。
refused-callback-no-phone = 您的账号没有登记话机号码，请管理员添加。
refused-callback-no-provider = 没有配置可以外呼的运营商，请人工拨打并登记。
refused-callback-provider = 运营商拒绝了呼叫，未拨出任何号码。请重试，或人工拨打。
refused-callback-unclear = 运营商没有明确答复，您的电话可能会响，也可能不响。系统不会自动重拨。系统会向运营商查询，几分钟后这里会显示结果；如果您已经知道结果，请直接登记。
refused-call-emergency = 这是紧急电话号码，不予呼叫。请更正号码。
refused-call-short = 这是不允许呼叫的短号码。请更正号码。
refused-call-abroad = 不允许从这里呼叫该国家或地区的号码。请用其他方式联系对方。
refused-call-prefix = 这是声讯台等高资费号码，不予呼叫。请更正号码，或用其他方式联系对方。
refused-call-not-allowed = 该号码不在允许呼叫的范围内。请更正号码，或用其他方式联系对方。
refused-call-house-hour = 本小时全中心的外呼次数已达上限，请稍后再试。
refused-call-line-hour = 本小时这条热线的外呼次数已达上限，请稍后再试。
refused-call-number-day = 一天之内已多次呼叫该号码，请明天再试。
refused-callback-not-reached = 尚未联系上对方，请先登记呼叫。
refused-callback-message = 此处不可留言。
refused-callback-no-attempt = 没有正在进行且遇到语音信箱的呼叫。
refused-satisfaction = 满意程度为 1 至 5。

case-classify = 类别
case-classify-do = 确定类别
case-dispatch-ruling = 经裁定派发，承办部门不得退单
case-return-remark = 需要向热线说明的情况
case-reopen = 重新办理
case-reopen-cause = 原因
case-reopen-remark = 新的情况
case-reopen-do = 重新办理
case-route-waived = 未能告知途径
case-route-waived-reason = 未能告知的理由
case-route-text = 宣读或发送的内容
case-callbacks = 回访与回拨

callback-give-up = 放弃联系
callback-give-up-reason = 为何无法联系上对方
callback-give-up-do = 以未能联系上结束
callback-whisper-case = { $purpose ->
    [satisfaction] 回访工单 { $digits }，现在为您接通。
    [dialogue_contact] 工单 { $digits } 的对话联系电话，现在为您接通。
    [dialogue_decision] 工单 { $digits } 对话后的决定询问，现在为您接通。
   *[other] 工单 { $digits } 的电话，现在为您接通。
}
callback-whisper-queue = 预约回拨，对方在排队中保留了位置，现在为您接通。
callback-records-out = 系统暂时无法读取记录，现在不接通对方，这次回拨仍保留在任务列表中。
refused-callback-on-a-call = 您正在通话，请先结束通话。
refused-token = 该地址不是本系统生成的，或属于另一通电话。
case-back-to-typed = 返回并保留已填写的内容
