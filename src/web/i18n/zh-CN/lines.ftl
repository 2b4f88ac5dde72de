# Lines: the list
lines-title = 热线流程
lines-about = 来电怎样走过每条热线的语音脚本,来电人在哪里挂机。
lines-calls-today = 今日来电
lines-hung-up-today = 今日中途挂机

# Lines: one line
line-name = 热线
line-title = 热线 { $line }
line-version = 脚本版本
line-period = 时段
line-period-1 = 今天
line-period-7 = 7 天
line-period-30 = 30 天
line-picture = 热线 { $line } 的语音脚本流程图,标有走过每条路的来电数
line-calls = { $calls ->
   *[other] { $calls } 个来电
}
line-elsewhere = { $calls ->
   *[other] 有 { $calls } 个来电走过最新版本已没有的路,或因故障被转走。
}
line-given-up = 来电人在哪里挂机
line-given-up-nobody = 没有人中途挂机。
line-node = 节点
line-reached = 到达
line-hung-up = 挂机
line-share = 比例
line-now = 正在通话
line-now-nobody = 现在没有来电。
line-ways = 以表格列出所有的路
line-begin = (来电开始)
line-way = 按键或去向
line-way-from = 从
line-way-to = 到
line-way-calls = 来电数

# Lines: words of the picture
graph-kind-say = 播报
graph-kind-menu = 菜单
graph-kind-collect = 收键
graph-kind-record = 留言
graph-kind-branch = 判断
graph-kind-lookup = 查询
graph-kind-enqueue = 排队
graph-kind-callback = 预约回拨
graph-kind-transfer = 转接
graph-kind-survey = 评价
graph-kind-language = 语言
graph-kind-hangup = 结束
graph-begin = 来电从这里开始
graph-everywhere = 在每个等待按键的节点
graph-again = 再问一次
graph-hung-up = 在此挂机
graph-now = 正在此处
graph-way-repeat = 重听
graph-way-no-input = 无按键
graph-way-invalid = 错误按键
graph-way-person = 0 人工
graph-way-emergency = 紧急
graph-way-next = 继续
graph-way-start = 开始
graph-way-open = 开放
graph-way-closed = 关闭
graph-way-yes = 是
graph-way-no = 否
graph-way-otherwise = 其他
graph-way-served = 已接听
graph-way-nobody = 无人
graph-way-failed = 未接通
graph-way-too-many = 次数过多
graph-way-down = 系统无法访问
graph-way-without-recording = 不能录音留言
graph-way-trouble = 故障
