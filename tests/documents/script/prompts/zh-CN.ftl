# Every kind of node has something to say, in each of the three languages.
apology = 抱歉,系统出现问题。
unavailable = 请拨打 { $number }。
nothing-heard = 没有听到您的声音。
not-understood = 这个按键没有对应的服务。
welcome = 欢迎致电卫生热线。
main-menu = 投诉请按 1 & 输入号码请按 2。人工服务请按 0。
ask-number = 请输入号码,按井号键结束。
read-back = { $value }。正确请按 1,不正确请按 2。
noted = 已记录 { $number }。
progress-number = 请输入案件编号,按井号键结束。
progress-pin = 请输入密码,按井号键结束。
case-status-received = 您的案件已经受理。
no-such-case = 没有这个案件。
choose-language = 中文请按 1。
survey-intro = 请回答两个问题。
survey-solved = 问题解决了吗?解决了请按 1,没有请按 2。
survey-satisfaction = 您满意吗?请按 1 到 5。
office = 正在为您转接办公室。
emergency = 正在为您转接急救中心。
connecting = 请稍候。
waiting = { $minutes ->
    [0] 您排在第 { $position } 位。
   *[other] 您排在第 { $position } 位,大约还需 { $minutes } 分钟。
  }
hold-on = 请继续等待。
offer-callback = 需要回电请按 1。
callback-confirm = 拨回本机请按 1,其他号码请按 2。
callback-number = 请输入您的号码,按井号键结束。
callback-read-back = { $number },正确请按 1,不正确请按 2。
callback-promised = 我们会给您回电。
voicemail = 请在提示音后留言,按井号键结束。
goodbye = 再见。
