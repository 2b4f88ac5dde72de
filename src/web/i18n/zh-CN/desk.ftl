desk-state = 我的状态
desk-state-offline = 离线
desk-state-ready = 就绪
desk-state-ringing = 振铃
desk-state-talking = 通话中
desk-state-wrap-up = 话后整理
desk-state-break = 小休
desk-state-not-responding = 未应答
desk-go-ready = 就绪
desk-take-break = 小休
desk-go-offline = 离线
desk-ready-in = 自动恢复就绪，剩余
desk-break-reason = 小休原因
desk-break-short = 短暂休息
desk-break-meal = 用餐
desk-break-meeting = 会议
desk-break-training = 培训
desk-break-task = 其他工作
desk-waiting = { $count ->
    [0] 当前无人排队
   *[other] { $count } 人排队
}
desk-longest = 最长等待
desk-ready-agents = { $count ->
   *[other] { $count } 名坐席就绪
}
desk-call = 通话
desk-rings = 来电振铃：
desk-talks = 正在通话：
desk-last-call = 刚结束的通话：
desk-waited = 已等待
desk-seconds = { $count ->
   *[other] { $count } 秒
}
desk-open-intake = 打开登记表
desk-decline = 拒接
desk-withheld = 号码未显示
desk-no-call = 当前没有通话。就绪后，下一位来电者的登记表会显示在这里。
desk-no-outcome = 未登记结果
desk-callbacks-owed = { $count ->
   *[other] 该号码有 { $count } 个待回拨
}
desk-open-cases = { $count ->
    [0] 无在办工单
   *[other] { $count } 件在办工单
}
desk-earlier = { $count ->
    [0] 无历史来电
   *[other] { $count } 次历史来电
}
desk-keys = 快捷键
desk-keys-list = F8 就绪 · F9 小休 · F6 接听 · F7 挂断 · Alt+M 静音 · Alt+H 保持与恢复 · Alt+K 咨询或转接的对象 · Alt+B 三方通话 · Alt+U 转交 · Alt+Z 取消咨询 · F3 话术与须知 · F4 转到登记表 · F2 采用建议 · Alt 加所示按键再按回车：不建单结束 · Ctrl+回车：建单。输入法选词时快捷键不会触发。

intake-title = 来电登记
intake-saved = 已保存 { $time }
intake-offline = 尚未保存：网络中断，系统会自动重试。
intake-conflict = 他人已保存过此登记表。对方内容显示在您的内容旁边；您再次保存将以您的内容为准。
intake-outdated = 他人已在此登记表中增加内容。请先复制您刚才输入的文字，再刷新页面。
intake-theirs = 他人保存的内容：
intake-section-intent = 来电意图
intake-section-caller = 来电人
intake-section-wishes = 诉求与授权
intake-section-danger = 风险提示
intake-section-patient = 患者
intake-section-more = 特殊需要、证据、其他途径
intake-section-closing = 结束前确认
intake-point = 诉求点 { $ordinal }
intake-add-point = 增加诉求点
intake-unknown = 已询问，不清楚
intake-answer-yes = 是
intake-answer-no = 否
intake-request-type = 诉求类型
intake-caller-name = 姓名
intake-caller-anonymous = 要求匿名
intake-caller-phone = 回复电话（与来电不同时填写）
intake-caller-best-times = 方便接听的时间
intake-caller-relation = 与患者关系
intake-caller-authority = 授权委托或监护证明
intake-relation-self = 本人
intake-relation-relative = 亲属
intake-relation-guardian = 监护人
intake-relation-heir = 继承人
intake-relation-representative = 代理人
intake-relation-staff = 医务人员
intake-relation-other = 其他
intake-wishes-reply = 需要回复
intake-wishes-confidential = 要求保密
intake-wishes-callback = 同意回访
intake-wishes-message = 同意在语音信箱留言
intake-wishes-recording = 同意录音
intake-wishes-dialogue = 愿意调解对话
intake-wishes-companion = 有陪同人
intake-wishes-participants = 希望参加的人员
intake-wishes-interpreter = 需要翻译（语种）
intake-wishes-accessibility = 沟通特殊需要
intake-desired = 期望结果
intake-desired-words = 诉求原话
intake-desired-explanation = 说明解释
intake-desired-apology = 道歉
intake-desired-refund = 退费
intake-desired-correction = 纠正
intake-desired-treatment = 安排诊疗
intake-desired-discipline = 追究责任
intake-desired-learning = 改进工作
intake-desired-other = 其他
intake-urgent = 紧急：一小时内须有人处置
intake-risks = 风险
intake-risks-self-harm = 自伤自杀
intake-risks-violence = 暴力
intake-risks-child = 涉及儿童
intake-risks-ongoing-harm = 伤害正在发生
intake-risks-outbreak = 疫情
intake-risks-press = 媒体关注
intake-patient-name = 患者姓名
intake-patient-age-band = 年龄段
intake-patient-deceased = 患者已死亡
intake-patient-died-at = 患者死亡时间（日期和时刻）
intake-evidence-record-copy = 病历复印件
intake-evidence-receipt = 票据
intake-evidence-imaging = 影像资料
intake-evidence-audio-video = 录音录像
intake-evidence-other = 其他证据
intake-evidence-status-held = 已持有
intake-evidence-status-promised = 承诺提供
intake-evidence-status-not-available = 无法提供
intake-other-routes = 已采取的其他途径
intake-other-routes-court = 诉讼
intake-other-routes-mediation = 医疗纠纷调解
intake-other-routes-petition = 信访
intake-other-routes-other-hotline = 其他热线
intake-other-routes-insurance = 保险
intake-other-routes-compensation = 赔偿申请
intake-note = 备注（300 字以内）
intake-route-told = 已告知救济途径
intake-read-back = 已复述并经来电人确认
intake-point-own-words = 事情经过（来电人原话）
intake-point-institution = 医疗机构
intake-point-ward = 科室
intake-point-happened = 时间
intake-point-place = 地点
intake-point-persons = 涉及人员（无须知道姓名）
intake-point-payer = 费用承担方
intake-payer-region = 地区
intake-payer-partly-region = 地区部分承担
intake-payer-self = 患者自费
intake-payer-insurance = 保险
intake-payer-municipality = 市政府
intake-payer-unknown = 不清楚
intake-point-category = 类别
intake-point-severity = 严重程度
intake-severity-1 = 1 轻微
intake-severity-2 = 2 一般
intake-severity-3 = 3 严重
intake-severity-4 = 4 特别严重
intake-point-harm = 自述损害后果
intake-suggested = 系统建议
intake-suggested-none = 填写事情经过后，这里会给出建议。
intake-because = 依据
intake-take = 采用
intake-lacking = 尚缺
intake-complete = 建单所需信息已齐全。
intake-finish = 不建单结束
intake-finish-hint = 通话结果
intake-finish-do = 结束
intake-finished = 此登记已完成。
intake-case = 建立工单
intake-as-proposed = 按系统建议
intake-case-do = 建单并派发
intake-opened = 工单已建立
intake-tell = 请慢速告知来电人工单编号和查询密码，并说明答复期限。
intake-number = 工单编号
intake-told = 已告知，返回坐席台
intake-to-case = 查看工单

missing-request-type = 诉求类型
missing-caller-name = 来电人姓名，或注明匿名
missing-read-back = 复述确认
missing-fact-time = 发生时间
missing-fact-place = 地点或医疗机构
missing-fact-persons = 涉及人员
missing-fact-content = 事情经过

refused-intake-incomplete = 建单前还需补充：
refused-note-long = 备注超过 300 字
refused-wrap-up-code = 请选择通话结果
refused-agent-move = 当前状态下不能进行此操作
refused-no-phone = 您的账号未配置话机，请联系管理员设置
