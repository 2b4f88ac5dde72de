frame-name = Hotline
frame-skip = Skip to content
frame-nav = Screens
frame-language = Language
frame-log-out = Log out
frame-stale = No connection to the server – what you see may be out of date
frame-back = Back to where you were
frame-to-start = To the start page
frame-error-status = Status { $status }
frame-open-drafts = { $count ->
    [one] { $count } unfinished intake
   *[other] { $count } unfinished intakes
}
frame-save = Save
frame-cancel = Cancel

nav-desk = Desk
nav-wallboard = Wallboard
nav-lines = Lines
nav-cases = Cases
nav-messages = Messages
nav-callbacks = Callbacks
nav-reports = Reports
nav-more = More
nav-accounts = Accounts
nav-conflicts = Conflicts of interest

role-agent = Agent
role-handler = Handler
role-supervisor = Supervisor
role-administrator = Administrator

error-sign-in = Please log in first
error-forbidden = Your role does not allow this
error-foreign-form = This form is no longer valid. Reload the page and try again
error-not-found = There is nothing here, or it is not for you
error-too-long = That is more than one form may hold
error-unreadable = Something in the form cannot be read
error-conflict = Somebody else saved in between. Reload the page to see what changed
error-unavailable = The database is not answering. Nothing that was saved is lost; try again in a moment
error-broken = Something went wrong on our side. It has been logged

language-zh-CN = Chinese
language-en = English
language-da = Danish
