login-title = 登录
login-login = 登录名
login-password = 密码
login-submit = 登录
refused-login = 登录名或密码错误。连续输错十次，账号将锁定 15 分钟

setup-title = 创建首个账号
setup-intro = 此账号用于管理其他账号。本链接仅可使用一次。
setup-submit = 创建账号

accounts-name = 姓名
accounts-role = 角色
accounts-department = 部门
accounts-department-hint = 承办人必须填写：承办人只能看到本部门的工单。
accounts-phone = 电话或分机号
accounts-actions = 操作
accounts-disabled = 已停用
accounts-disable = 停用
accounts-enable = 启用
accounts-set-password = 重设密码
accounts-password-of = 为{ $name }重设密码
accounts-set = 确定
accounts-add = 新建账号
accounts-password-hint = 至少 10 个字符，用几个词连在一起便于记忆。

refused-login-form = 登录名须为 1 至 64 个字母、数字或 . - _ @ 字符
refused-login-taken = 该登录名已被使用
refused-name-missing = 请填写姓名，不超过 100 个字
refused-password-short = 密码至少需要 10 个字符
refused-handler-without-department = 承办人必须指定部门
refused-unknown-department = 部门目录中没有该部门
refused-disable-oneself = 不能停用自己的账号
