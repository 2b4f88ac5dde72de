login-title = Log in
login-login = Login name
login-password = Password
login-submit = Log in
refused-login = Login name or password is wrong. After ten wrong tries an account is locked for 15 minutes

setup-title = Set up the first account
setup-intro = This account administers the others. The link that brought you here works once.
setup-submit = Create the account

accounts-name = Name
accounts-role = Role
accounts-department = Department
accounts-department-hint = Needed for handlers: they see the cases of their department.
accounts-phone = Telephone or extension
accounts-actions = Actions
accounts-disabled = disabled
accounts-disable = Disable
accounts-enable = Enable
accounts-set-password = New password
accounts-password-of = New password for { $name }
accounts-set = Set
accounts-add = Add an account
accounts-password-hint = At least 10 characters. A few words in a row are easy to remember.

refused-login-form = A login name has 1 to 64 letters, digits or the characters . - _ @
refused-login-taken = This login name is taken
refused-name-missing = Please give a name of at most 100 characters
refused-password-short = The password needs at least 10 characters
refused-handler-without-department = A handler needs a department
refused-unknown-department = The directory has no such department
refused-disable-oneself = You cannot disable your own account
