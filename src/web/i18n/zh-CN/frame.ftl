frame-name = 热线平台
frame-skip = 跳到正文
frame-nav = 功能导航
frame-language = 语言
frame-log-out = 退出登录
frame-stale = 与服务器的连接已中断，当前显示的内容可能不是最新
frame-back = 返回刚才的页面
frame-to-start = 返回首页
frame-error-status = 状态码 { $status }
frame-open-drafts = { $count ->
   *[other] { $count } 份未完成的登记
}
frame-save = 保存
frame-cancel = 取消

nav-desk = 坐席台
nav-wallboard = 监控大屏
nav-lines = 热线流程
nav-cases = 工单
nav-messages = 留言
nav-callbacks = 回访与回拨
nav-reports = 报表
nav-more = 更多
nav-accounts = 账号管理
nav-conflicts = 回避

role-agent = 坐席
role-handler = 承办人
role-supervisor = 班长
role-administrator = 管理员

error-sign-in = 请先登录
error-forbidden = 您的角色无权进行此操作
error-foreign-form = 表单已失效，请刷新页面后重试
error-not-found = 内容不存在，或您无权查看
error-too-long = 提交的内容过长
error-unreadable = 表单中有无法识别的内容
error-conflict = 期间已有他人保存，请刷新页面查看最新内容
error-unavailable = 数据库暂无响应。已保存的内容不会丢失，请稍后重试
error-broken = 系统内部出错，已记入日志

language-zh-CN = 中文
language-en = 英语
language-da = 丹麦语
