advice-title = 话术与须知
advice-search = 查找
advice-hint = 输入文字后用 ↓ ↑ 逐条查看，Esc 收起。话术不是拒接的理由：来电人情绪再激动，也照样受理。
advice-fault = 未能取得内容，请重试。
advice-count = { $count ->
    [0] 没有找到。请换一个词，或者少输几个字。
   *[other] 找到 { $count } 条
}
advice-say = 可以这样说
advice-do = 同时要做
advice-call = 拨打
advice-danger = 有危险
advice-source = 来源：{ $source }
advice-phrases = 应对话术
advice-articles = 须知文章
advice-suggested = 与所选类别相符
advice-told = 已告知
advice-tell = 已告知来电人
advice-own = 您的语言
advice-told-list = 已告知来电人
advice-told-version = { $title }（第 { $version } 版）
advice-no-limit = 现行时限
