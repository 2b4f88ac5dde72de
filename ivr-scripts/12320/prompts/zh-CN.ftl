# 12320 卫生热线,普通话。写给耳朵听:句子短,数字分开念,先说内容,后说按键。

choose-language = 您好,1 2 3 2 0 卫生热线。普通话,请按 1。人工服务,请按 0。
welcome = 欢迎致电卫生热线。人工服务,请按 0。如果有人生命垂危,请随时按 9,我们马上为您转接急救电话 1 2 0。
main-menu = 投诉,请按 1。举报,请按 2。咨询、求助或者提建议,请按 3。查询办理进度,请按 4。更换语言,请按 8。需要人工服务,任何时候都可以按 0。重听,请按星号键。

connecting = 正在为您转接工作人员,请稍候。
connecting-report = 您可以不留姓名,我们为您保密。正在转接,请稍候。
waiting =
    { $position ->
        [1] 您是下一位。
       *[other] 您前面还有其他来电,您现在排在第 { $position } 位。
    }{ $minutes ->
        [0] {""}
       *[other] 预计还要等候大约 { $minutes } 分钟。
    }
hold-on = 感谢您的耐心等候,请不要挂机。
advice-complaint = 您的投诉,我们会如实记录,转交给负责的部门去核实,再把结果告诉您。趁这个时间,您可以想一想:事情是什么时候、在哪里发生的,涉及哪些人,经过是怎样的。如果手边有病历复印件、收费单据或者影像资料,也请准备好;没有也没关系。慢慢说,我们会听您讲完。
advice-report = 您的身份和举报的内容,我们不会告诉被举报的一方。趁这个时间,您可以先想一想:这件事发生在哪里,什么时候,是谁在做,您是怎么知道的。不知道的,可以不说。
offer-callback = 如果不想再等,请按 1,我们按您现在的顺序给您回电。

callback-confirm = 我们会按您现在的排队顺序给您回电。用您正在使用的这个号码回电,请按 1。换一个号码,请按 2。
callback-number = 请输入希望我们回电的号码,固定电话请加区号,按井号键结束。
callback-read-back = 您输入的号码是:{ $number }。正确,请按 1。重新输入,请按 2。
callback-promised = 好的,已经为您登记,您的顺序保持不变。轮到您的时候,我们会打给您。

progress-number = 请输入您的受理编号,按井号键结束。
progress-pin = 请输入四位查询密码,按井号键结束。
progress-unknown = 没有找到这个编号和密码对应的记录,请核对以后再输入一次。
progress-blocked = 为了保护来电人的信息,这部电话今天的查询次数已经用完。正在为您转接工作人员。
case-status-received = 您反映的事项,我们已经收到,正在登记。
case-status-recorded = 您反映的事项已经登记,正在归类。
case-status-classified = 您反映的事项已经登记,正在确定由哪个部门办理。
case-status-dispatched = 您反映的事项已经转交承办部门,正在等待对方签收。
case-status-signed = 承办部门已经签收,即将开始调查。
case-status-returned = 承办部门提出异议,我们正在重新确定由谁办理。
case-status-in_progress = 承办部门正在调查核实。
case-status-answered = 承办部门已经答复,我们正在审核,随后会把结果告诉您。
case-status-fed_back = 处理结果已经反馈给您。之后我们还会打电话回访,听听问题是否真正解决了。
case-status-solved = 您告诉我们问题已经解决,我们正在整理材料,随后办结。
case-status-reopened = 根据回访的情况,您反映的事项已经重新办理。
case-status-closed = 您反映的事项已经办结。
case-status-closed_unreached = 您反映的事项已经办结。我们曾打电话回访,没有联系上您。如果想再谈谈,请按 0 找工作人员。
case-status-arbitration = 对由哪个部门办理存在争议,我们正在裁定。
case-status-suspended = 您反映的事项正在等候补充材料或者鉴定意见,暂停计时。收到以后会继续办理。
case-status-in_dialogue = 您反映的事项正在进行调解对话。
case-status-audited = 承办部门的答复已经审核,我们随后会把结果告诉您。
case-status-withdrawn = 您反映的事项已经按您的声明撤回。
case-status-not_accepted = 您反映的事项没有受理。我们已经说明理由,并告诉您可以向哪里反映。如果想再谈谈,请按 0 找工作人员。
case-status-forwarded = 您反映的事项已经移送主管机关,由主管机关作出决定。
case-status-terminated = 您反映的事项已经终止办理,原因已经向您说明。如果想再谈谈,请按 0 找工作人员。
case-status-merged = 您反映的事项已经和另一件合并办理,进展以合并后的为准。如需了解,请按 0 找工作人员。
case-status-archived = 您反映的事项已经办结并归档。
after-progress = 再查一件,请按 1。回到主菜单,请按 2。人工服务,请按 0。查询完毕,挂机即可。

closed =
    现在不在人工服务时间。{ $next_open_day ->
        [today] 今天{ TIME($next_open) }开始人工服务。
        [tomorrow] 明天{ TIME($next_open) }开始人工服务。
        [unknown] {""}
       *[later] { DATE($next_open) }{ TIME($next_open) }开始人工服务。
    }
nobody = 很抱歉,现在没有工作人员能够接听您的电话。
closed-menu = 留言,请按 1,我们上班以后给您回电。查询办理进度,请按 2。
voicemail = 请在提示音以后留言。请说明您的姓名、联系电话和您要反映的事情;不愿意留姓名也可以。说完以后,按井号键结束。如果有人生命垂危,留言当中也可以按 9。
instead-of-a-message = 这条线路不能录音留言,我们上班以后给您回电。打到您现在用的号码,请按 1。打到别的号码,请按 2。
voicemail-thanks-instead = 已经登记,工作人员上班以后会尽快给您回电。
voicemail-thanks = 您的留言已经保存,工作人员上班以后会尽快与您联系。

emergency = 正在为您转接急救电话,请不要挂机。请准备好说明:在什么地方,病人情况怎么样。
emergency-failed = 急救电话没有接通。请您立即挂机,直接拨打 1 2 0。如果不方便拨打,请不要挂机,我们的工作人员马上帮助您。

waiting-crisis = 请不要挂机,我们正在找人帮助您。如果可以,请用另一部电话拨打 1 2 0。
emergency-last = 现在没有工作人员能够接听。请立即挂机,直接拨打 1 2 0。

survey-intro = 请您为刚才的服务打个分。
survey-satisfaction = 非常满意,请按 1。满意,请按 2。基本满意,请按 3。不满意,请按 4。非常不满意,请按 5。
survey-thanks = 感谢您的评价。

nothing-heard = 没有收到您的按键。
not-understood = 您按的键没有对应的选项。
apology = 很抱歉,系统出了一点问题。正在为您转接工作人员。
unavailable = 很抱歉,我们的系统暂时不能使用。正在为您转接备用电话:{ $number }。如果没有接通,请直接拨打这个号码。
systems-down = 很抱歉,我们的系统出了故障,暂时无法排队。留言,请按 1,我们会给您回电。请不要挂机,稍后为您转接其他电话。
elsewhere = 正在为您转接备用电话:{ $number }。如果没有接通,请直接拨打这个号码。
goodbye = 感谢您的来电,祝您健康。再见。
