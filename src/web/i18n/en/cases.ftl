# Cases: the list
cases-title = Cases
cases-of-department = Cases of { $department }
cases-helping-title = With us as co-handler
cases-returned-title = Returned, waiting to be dispatched again
cases-returned-none = Nothing was returned.
cases-none = No case fits this filter.
cases-count = { $count ->
    [one] 1 case
   *[other] { $count } cases
}
cases-filter-apply = Show
cases-filter-reset = Show all open
cases-filter-status = Status
cases-filter-any = Any
cases-filter-open = All open
cases-filter-due = Due
cases-filter-due-any = Any time
cases-filter-due-today = Due by the end of today
cases-filter-due-overdue = Overdue
cases-filter-type = Request type
cases-filter-category = Category
cases-filter-department = Department
cases-filter-from = Received from
cases-filter-to = Received until
cases-search-wanted = Case number or telephone
cases-search = Search
cases-count-many = More than 10,000 cases; narrow the list down
refused-search-not-a-number = Enter a case number or a telephone number
refused-search-by-telephone = Only agents and supervisors search by telephone number. Ask for the case number.
cases-column-number = Number
cases-column-received = Received
cases-column-subject = Matter
cases-column-institution = Institution
cases-column-department = Department
cases-column-status = Status
cases-column-due = Due
cases-column-reason = Reason for the return
cases-next-page = Next page
cases-previous-page = Previous page

# Due, in words
case-due-none = no limit
case-due-today = due today
case-due-in = { $days ->
    [one] due tomorrow
   *[other] due in { $days } days
}
case-due-overdue = { $days ->
    [0] overdue since today
    [one] overdue by 1 day
   *[other] overdue by { $days } days
}
case-due-met = done in time
case-due-late = done late
case-due-provisional = provisional: the calendar is not published that far

# Status

# The case
case-title = Case { $number }
case-reopened-times = { $count ->
    [one] reopened once
   *[other] reopened { $count } times
}
case-urgent = Urgent
case-confidential = Confidential
case-confidential-hint = The complainant must not be named to the institution or the persons concerned.
case-severity = Severity
case-severity-1 = slight
case-severity-2 = moderate
case-severity-3 = serious
case-severity-4 = most serious
case-facts = Facts
case-fact-type = Request type
case-fact-received = Received
case-fact-line = Line
case-fact-language = Language
case-fact-complainant = Complainant
case-fact-anonymous = anonymous
case-fact-withheld-for-you = not shown: confidential
case-fact-phone = Telephone
case-fact-no-phone = none given
case-fact-department = In the hands of
case-fact-nobody = nobody yet
case-fact-pin = PIN for the caller
case-phone-reveal = Show the number
case-phone-reason = Why do you need it?
case-phone-reason-hint = The reason is kept in the audit trail.
case-points = Points
case-point = Point { $ordinal }
case-point-institution = Institution
case-point-place = Place
case-point-persons = Persons concerned
case-point-happened = When
case-point-words = In the caller’s words
case-point-category = Category
case-point-suggested = suggested: { $category }
case-point-finding = Finding
case-point-outcome = Outcome
case-unknown = not known

# Clocks
case-clocks = Time limits
case-clocks-over = Limits that are over
case-clock-answer = Answer
case-clock-sign = Sign for
case-clock-return = Return
case-clock-follow-up = Follow-up call
case-clock-dispatch = Dispatch
case-clock-acknowledge = Acknowledgement
case-clock-accept = Decision on acceptance
case-clock-dispatch-pressing = Dispatch of a pressing case
case-clock-dispatch-urgent = Dispatch of an urgent case
case-clock-rule = Ruling
case-clock-answer-joint = Joint answer
case-clock-co-handle = Co-handler's part
case-clock-reply = Reply to the complainant
case-clock-call-back = Call back
case-clock-dialogue = Dialogue
case-clock-autopsy = Autopsy
case-clock-mediation = Mediation
case-clock-information = Other time limit
case-clock-until = until { $moment }
case-clock-law = Law
case-clock-counted = How it is counted
case-clock-day-start-day = day of the event, not counted
case-clock-day-working-day = working day
case-clock-day-make-up-workday = make-up workday
case-clock-day-weekend = weekend
case-clock-day-holiday = { $name }
case-clock-day-calendar-day = calendar day
case-clock-day-closed = no office hours
case-clock-day-extended = extension
case-clock-extended = extended by { $what }
case-clock-stands-still = stands still
case-clock-earliest = The clock stands still; the day shown is the earliest that can be.
case-clock-taken-over = The clock of a case held by this one: it is the earlier limit and goes on here.
case-clock-unstarted-autopsy = Autopsy: the patient has died, and nobody noted when. The limit runs from the death and cannot be counted: ask for the moment and choose “Note when the patient died”.
case-clock-unstarted-answer = Answer: not running yet; the law counts from a later step (dispatch or signature).
case-clock-week = Week of
case-clock-log = Reckonings that moved a limit
case-clock-cause-history = something happened to the case
case-clock-cause-books = a law, calendar or decree changed
case-clock-weekday-1 = Mon
case-clock-weekday-2 = Tue
case-clock-weekday-3 = Wed
case-clock-weekday-4 = Thu
case-clock-weekday-5 = Fri
case-clock-weekday-6 = Sat
case-clock-weekday-7 = Sun
case-clock-key-counted = counted
case-clock-key-off = day off
case-clock-key-paused = paused
case-clock-key-suspended = suspended by decree
case-clock-key-granted = extension
case-clock-key-last = last day
cases-warned = { $percent } % of the time has passed
case-clock-day-paused = paused: { $reason }
case-clock-day-suspended = suspended: { $citation }
pause-awaiting-complainant = waiting for the complainant
pause-awaiting-evidence = waiting for evidence
pause-appraisal = expert appraisal
pause-other-proceedings = another authority has the matter
pause-agreed = agreed by both sides
pause-force-majeure = force majeure

# History
case-history = History
case-history-picture = The course of the case as a picture; the list below says the same in words.
case-history-house = the house itself

# What can be done
case-actions = What to do
case-actions-none = There is nothing for you to do here now.
case-actions-rare = Rarely needed
case-missing-title = Before this case can be closed
case-missing-none = Nothing is missing: the case can be closed.

case-dispatch = Dispatch
case-dispatch-again = Dispatch to another department
case-dispatch-to = To department
case-dispatch-proposed = Proposed by the rules: { $department }
case-dispatch-mandatory = The rule is mandatory.
case-dispatch-no-rule = No rule fits; choose a department.
case-dispatch-reason = Reason, if you choose another department than proposed
case-dispatch-do = Dispatch
case-sign = Sign for
case-sign-hint = From now on the case is with your department.
case-return = Return
case-return-hint = Only if the matter is outside your department’s duties. The hotline decides where it goes.
case-return-reason = Reason
case-return-do = Return to the hotline
case-return-not-again = This case was assigned by decision of the hotline and cannot be returned again.
case-steps = Steps of the investigation
case-steps-none = No step has been logged.
case-step-add = Log a step
case-step-kind = What was done
case-step-note = What came of it
case-step-do = Log
case-answer = Answer
case-answer-hint = Each point needs a finding and an outcome.
case-answer-finding = Finding
case-answer-outcome = Outcome
case-answer-kind = Kind of outcome
case-answer-do = Submit the answer
case-reject = Send the answer back
case-reject-reason = What is missing in it
case-reject-do = Send back to the department
case-feedback = Feed back
case-feedback-channel = How was the complainant told?
case-feedback-note = What was said
case-feedback-waived = The complainant wants no reply
case-feedback-waived-reason = Reason, in the complainant’s words
case-feedback-do = Log the feedback
case-route = Appeal route
case-route-which = Which way was the complainant told about?
case-route-how = How
case-route-do = Log the notice
case-close = Close
case-close-do = Close the case

# Callbacks
callbacks-title = Callbacks
callbacks-none = Nobody is waiting for a call from us.
callbacks-column-purpose = Purpose
callbacks-column-who = For
callbacks-column-phone = Telephone
callbacks-column-when = When
callbacks-column-attempts = Attempts
callbacks-column-state = Status
callbacks-open = Open
callback-title = Callback
callback-queue-caller = Caller who kept a place in the queue
callback-state-due = waiting
callback-state-dialling = being called
callback-state-done = done
callback-state-parked = parked: a person must decide
callback-state-cancelled = cancelled
callback-now = now
callback-next = from { $moment }
callback-due = promised by { $moment }
callback-late = promised by { $moment }, overdue
callback-wish = Wish
callback-claimed = with { $name }
callback-claim = I take it
callback-release = Hand it back
callback-dial = Call now
callback-dial-hint = Your telephone rings first; when you answer, the person is called.
callback-dialling = A call is under way.
callback-attempts = Attempts
callback-attempts-none = No attempt yet.
callback-attempt-by = { $channel ->
    [provider] dialled by the system
   *[other] dialled by hand
}
callback-attempt-log = Log an attempt made by hand
callback-attempt-outcome = What happened
callback-attempt-note = Note
callback-attempt-do = Log the attempt
callback-machine = Message on the answering machine
callback-machine-agreed = agreed
callback-machine-declined = declined
callback-machine-not-asked = not asked
callback-machine-no-message = Answering machine: no message
callback-machine-left = Message left
callback-machine-say = What may be said:
callback-machine-why-purpose = This kind of callback leaves no message.
callback-machine-why-not-agreed = The complainant did not agree to messages: leave none.
callback-machine-why-left-before = A message was left before: leave no second one.
callback-opening = Until you know who answers, say only who you are and ask for the person; do not say what it is about.
callback-message = Hello. This is a message from the hotline. Please call us on { $phone }. Goodbye.
callback-message-reference = Hello. This is a message from the hotline. Your reference number is { $reference }. Please call us on { $phone }. Goodbye.
callback-outcome = Result of the talk
callback-outcome-solved = Is the problem solved?
callback-outcome-yes = Yes
callback-outcome-no = No
callback-outcome-not-asked = not asked or no answer
callback-outcome-satisfaction = How satisfied?
callback-outcome-note = What was said
callback-outcome-do = Record the result
callback-outcome-hint = “Not solved”, or one of the two worst marks, opens the case again.
callback-outcome-dialogue = What is said here goes into the history of the dialogue and decides nothing: record the invitation, the decision or a withdrawal on the dialogue’s own page.
callback-to-dialogue = To the dialogue of this case
satisfaction-very-satisfied = very satisfied
satisfaction-satisfied = satisfied
satisfaction-basically-satisfied = fairly satisfied
satisfaction-dissatisfied = dissatisfied
satisfaction-very-dissatisfied = very dissatisfied
satisfaction-none = no rating

# Refusals

case-status-received = Received
case-status-recorded = Recorded
case-status-classified = Classified
case-status-dispatched = Dispatched
case-status-signed = Signed for
case-status-returned = Returned
case-status-in-progress = Under investigation
case-status-answered = Answered
case-status-fed-back = Fed back
case-status-solved = Solved
case-status-closed = Closed
case-status-closed-unreached = Closed, caller not reached
case-status-reopened = Reopened

case-event-opened = Case opened
case-event-number-told = Case number told to the caller
case-event-article-told = Told the caller: { $what }
case-event-point-classified = Category set to { $what }
case-event-dispatched = Dispatched to { $what }
case-event-signed-for = Signed for
case-event-returned = Returned: { $what }
case-event-step-logged = { $what }
case-event-point-answered = Point answered: { $what }
case-event-answered = Answer submitted
case-event-sent-back = Answer sent back to the department
case-event-fed-back = Result told by { $what }
case-event-feedback-waived = No reply wanted
case-event-route-notice-given = Told about: { $what }
case-event-route-notice-waived = No route told
case-event-follow-up-due = Follow-up call promised
case-event-follow-up-scheduled = Follow-up call by { $what }
case-event-follow-up-waived = No follow-up call wanted
case-event-follow-up-done = Follow-up call made: { $what }
case-event-follow-up-unreached = Caller not reached, all attempts used up
case-event-callback-promised = Call promised: { $what }
case-event-callback-ended = Call ended: { $what }
case-event-closed = Closed
case-event-reopened = Reopened: { $what }
case-event-phone-revealed = Telephone number looked at
case-event-ruled = by ruling of the hotline, not to be returned

callback-purpose-queue-callback = Queue callback
callback-purpose-promised-advice = Promised advice
callback-purpose-ask-facts = Missing facts
callback-purpose-give-result = Tell the result
callback-purpose-satisfaction = Follow-up: is it solved?
callback-purpose-dialogue-contact = Contact about a dialogue
callback-purpose-dialogue-decision = Decision after the dialogue
callback-purpose-recheck = Check again

attempt-under-way = under way
attempt-reached = reached
attempt-reached-inbound = called us first
attempt-no-answer = no answer
attempt-busy = busy
attempt-unreachable = switched off or out of reach
attempt-machine = answering machine
attempt-message-left = answering machine, message left
attempt-silent = answered, but said nothing
attempt-wrong-number = wrong number
attempt-invalid-number = no such number
attempt-refused = does not want to be called
attempt-technical = technical fault, does not count
attempt-not-dialled = not dialled, does not count
attempt-unreached = not reached, all attempts used up

parked-no-window = No allowed time is left for another attempt.
parked-number = The number must be corrected by another way.
parked-technical = The provider keeps failing.
parked-no-rule = There is no rule for this outcome.

step-records-consulted = Medical records consulted
step-footage-requested = Camera footage requested
step-parties-heard = Parties heard
step-other = Other

return-not-ours = outside our duty
return-duplicate = another department has the same matter
return-too-little = cannot be investigated with what there is
return-conflict = our own staff are complained of
return-other = other

finding-upheld = upheld
finding-partly-upheld = partly upheld
finding-not-upheld = not upheld
finding-not-established = facts could not be established

outcome-remedy = remedy
outcome-opinion = handling opinion without remedy

reopen-not-solved = not solved
reopen-new-facts = new facts
reopen-wrong-department = wrong department
reopen-other = other

channel-phone = telephone
channel-sms = text message
channel-email = e-mail
channel-letter = letter
channel-in-person = in person

missing-category = Each point needs a category.
missing-investigation-step = At least one step of the investigation must be logged.
missing-finding = Each point needs a finding.
missing-outcome = Each point needs an outcome.
missing-feedback = The complainant must be told the result, or have waived it.
missing-route-notice = The complainant must be told where to go if not content.
missing-follow-up = The follow-up call is still to be made.

# Refusals
refused-wrong-role = Your role may not do that.
refused-not-your-department = The case is not with your department.
refused-no-such-point = There is no such point in this case.
refused-no-category = Choose a category.
refused-no-department = Choose a department.
refused-needs-reason = Give a reason.
refused-mandatory-rule = The rule for this category is mandatory; only a supervisor may choose another department, with a reason.
refused-designated-not-returnable = The hotline has ruled that this case is yours; it cannot be returned.
refused-mandatory-not-returnable = The rule for this category is mandatory; the case cannot be returned.
refused-already-answered = The case has been answered; it cannot be returned any more.
refused-incomplete = Something is still missing.
refused-department-unknown = There is no such department. Choose one from the list.
refused-route-unknown = Choose a route from the list.
refused-points = A case needs at least one point, each with the caller’s own words.
refused-category-unknown = There is no such category.
refused-request-type = Choose a request type.
refused-line-unknown = There is no such line.
refused-follow-up-no-phone = There is no number to call back.
refused-callback-done = This callback is done already.
refused-callback-not-yours = Somebody else has taken this callback.
refused-callback-busy = A call is under way. Wait for its end, or log how it went.
refused-callback-not-parked = Only a parked callback can be given up.
refused-callback-no-phone = No telephone is entered for you. An administrator can add one.
refused-callback-no-provider = No provider is configured that could place the call. Call by hand and log the attempt.
refused-callback-provider = The provider refused the call; nothing was dialled. Try again, or call by hand.
refused-callback-unclear = The provider gave no clear answer: your telephone may or may not ring. It is not dialled again by itself. We ask the provider whether there is a call; in a few minutes you will see it here. If you know already, log how it went.
refused-call-emergency = That is an emergency number; we do not call it. Correct the number.
refused-call-short = That is a short number that we may not call. Correct the number.
refused-call-abroad = Numbers of that country may not be called from here. Reach the person another way.
refused-call-prefix = That is a premium-rate or otherwise costly number; it is not called. Correct the number, or reach the person another way.
refused-call-not-allowed = That number is not among those we may call. Correct the number, or reach the person another way.
refused-call-house-hour = The house has placed its most calls for this hour. Try again later.
refused-call-line-hour = This line has placed its most calls for this hour. Try again later.
refused-call-number-day = This number has been dialled often enough within a day. Try again tomorrow.
refused-callback-not-reached = Nobody was reached yet: log the attempt first.
refused-callback-message = No message may be left here.
refused-callback-no-attempt = There is no attempt under way that met a machine.
refused-satisfaction = Satisfaction is a mark from 1 to 5.

case-classify = Category
case-classify-do = Set the category
case-dispatch-ruling = By ruling: the department cannot return it
case-return-remark = What should the hotline know?
case-reopen = Take up again
case-reopen-cause = Cause
case-reopen-remark = What is new
case-reopen-do = Reopen the case
case-route-waived = No route could be told
case-route-waived-reason = Reason, if none was told
case-route-text = To read or send
case-callbacks = Callbacks

callback-give-up = Give up
callback-give-up-reason = Why can the person not be reached?
callback-give-up-do = End without having reached the person
callback-whisper-case = { $purpose ->
    [satisfaction] Follow-up call on case { $digits }. I am connecting you now.
    [dialogue_contact] Call about the dialogue of case { $digits }. I am connecting you now.
    [dialogue_decision] Call about the decision after the dialogue, case { $digits }. I am connecting you now.
   *[other] Call on case { $digits }. I am connecting you now.
}
callback-whisper-queue = Queue callback: this person kept a place in the queue. I am connecting you now.
callback-records-out = The records of the house are out of reach. Nobody is connected now; the callback stays on the list.
refused-callback-on-a-call = You are on a call. Finish it first.
refused-token = This address was not made by us, or belongs to another call.
case-back-to-typed = Back to what I typed
