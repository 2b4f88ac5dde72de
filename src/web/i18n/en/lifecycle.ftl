# What may become of a case

case-status-arbitration = In arbitration
case-status-suspended = Suspended
case-status-in-dialogue = In dialogue
case-status-audited = Audited
case-status-withdrawn = Withdrawn
case-status-not-accepted = Not accepted
case-status-forwarded = Forwarded to the authority
case-status-terminated = Ended, no cooperation
case-status-merged = Merged
case-status-archived = Archived

missing-co-handler-report = A co-handler has not reported yet. Wait for the report, or say why you answer without it.
missing-audit = The answer must be audited.

refused-wrong-status = That cannot be done now. You could do it while the case is in one of these statuses:
refused-already-co-handler = That department helps with this case already.
refused-lead-is-no-co-handler = That department leads the case. Choose another one to help.
refused-no-such-co-handler = That department does not help with this case.
refused-co-handler-signed = Your department has already signed.
refused-co-handler-not-signed = Sign for your part first, then report.
refused-needs-words = Write a few words about it.
refused-beyond-cap = The law allows no such number of units in all. Ask for at least one and no more than is left.
refused-no-extension = The law of this time limit allows no extension.
refused-extended-too-often = This time limit has been extended as often as its law allows.
refused-extended-too-late = The time limit was over when more time was asked for. Answer now, and say in the answer why it is late.
refused-not-approver = The law of this time limit does not let you approve its extension. Ask somebody whom it names.
refused-extension-pending = An extension has been asked for; a supervisor must decide on it first.
refused-no-extension-asked = No extension has been asked for.
refused-nothing-asked = The complainant was not asked for anything. Resume the case instead.
refused-no-termination-asked = The department has not asked to end this case. Without that it cannot be ended here.
refused-termination-pending = Ending this case has been asked for already; a supervisor must decide on it.
refused-no-audit = Write down what the audit found: a case is ended for lack of cooperation only after a written audit.
refused-no-explanation = Write down what was explained to the complainant, then end the case.
refused-no-statement = Write down the complainant’s statement in their words. Silence is no withdrawal.
refused-not-informed = Tell the complainant first what a withdrawal means, and confirm here that you did.
refused-no-authority = Name the authority the case goes to.
refused-no-package = Name the package of documents that was sent.
refused-second-dialogue = There has been a dialogue about this complaint; there is never a second one.
refused-no-ground = Choose the ground for not accepting it.
refused-no-advice = Say where the complainant can go instead.
refused-step-taken = This step of supervision has been taken already.
refused-no-other-case = Give the number of the other case.
refused-already-together = These cases belong together already.
refused-not-together = That case is not held together with this one.
refused-no-points = Choose at least one point to go into the new case.
refused-last-point = At least one point must stay in this case.
refused-no-person = Choose the person who answers for the case from now on.

case-event-arbitration-opened = Return disputed, laid before the supervisor
case-event-co-handler-added = { $what } asked to help
case-event-co-handler-signed = { $what } signed as co-handler
case-event-co-handler-reported = { $what } reported to the lead
case-event-co-handler-dropped = { $what } no longer helps
case-event-suspended = Suspended: { $what }
case-event-resumed = Resumed
case-event-information-asked = Complainant asked for something, by { $what }
case-event-information-given = Complainant gave what was asked for
case-event-extension-asked = Extension asked for: { $what }
case-event-extended = Extended by { $what }
case-event-extension-refused = Extension refused
case-event-audited = Answer audited
case-event-termination-asked = Department asks to end the case
case-event-terminated = Ended for lack of cooperation, explained by { $what }
case-event-termination-refused = Ending the case refused
case-event-archived = Archived
case-event-withdrawn = Withdrawn: { $what }
case-event-forwarded = Forwarded to { $what }
case-event-entered-dialogue = Given to the dialogue
case-event-left-dialogue = Dialogue over
case-event-not-accepted = Not accepted: { $what }
case-event-non-acceptance-reviewed = Non-acceptance reviewed: { $what }
case-event-reminded = Complainant asks how it is going
case-event-same-matter-told = Same matter again, progress told
case-event-escalated = { $what }
case-event-supervised = Ordered to be handled
case-event-handed-over = Handed over to { $what }
case-event-death-noted = Moment of death noted: { $what }
case-event-autopsy-settled = Autopsy settled: { $what }
case-event-linked = Linked with case { $what }
case-event-merged = Merged into case { $what }
case-event-absorbed = Case { $what } merged into this one
case-event-unmerged = Merger undone
case-event-released = Case { $what } goes on by itself again
case-event-points-split = Points made into case { $what }
case-event-refused = Refused: { $what }

case-answer-without-report = Why you answer without the reports of the co-handlers
refused-date-past = The date has passed. Choose one that is still to come.
refused-died-at = The moment of death cannot be read, or it lies after the call. Write date and time of day, or leave it open.
refused-co-handler-after-lead = A co-handler cannot have longer than the lead. Choose an earlier date.
course-owner = Answers for it
course-owner-desk = the hotline, nobody in person yet
course-waits = Waits because of
course-asked = Complainant was asked for
course-linked = Linked with
course-holds = Holds case
course-split-from = Comes from case
course-co-handler = Co-handler
course-tag-extended = Extended
course-tag-in-follow-up = In follow-up
course-tag-supervised = Under supervision
course-tag-extension-asked = Extension asked for
course-tag-termination-asked = Department asks to end it
co-handler-asked = asked
co-handler-signed = signed
co-handler-reported = reported
stated-by-complainant = the complainant
stated-by-representative = a representative with written authority
stated-by-guardian = the guardian
stated-by-heir = an heir
relation-same-complainant = the same complainant, another matter
relation-same-event = the same event, told by others
relation-earlier = the same matter earlier
relation-other = other
course-extension-granted = granted
course-extension-refused = refused
course-review-upheld = stands
course-review-taken-up = taken up after all
conflict-title = Two of you saved this case
conflict-theirs = What was saved in the meantime
conflict-mine = What you typed
conflict-keep-theirs = Leave it as it is and drop mine
conflict-save-mine = Save mine as well
course-field-words = In words
course-field-number = Number of the other case
course-field-department = Department
course-field-date = By which day
course-field-moment = Date and time of day
course-field-pause = What it waits for
course-field-units = How many units of the time limit
course-field-decision = Decision
course-field-audit = What the audit found
course-field-explanation = What the complainant was told
course-field-channel = By which channel
course-field-statement = Statement in the complainant’s words
course-field-by = Who made the statement
course-field-informed = The complainant was told beforehand what a withdrawal means
course-field-authority = Authority
course-field-package = Package of documents
course-field-ground = Ground
course-field-advice = Where to go instead (empty: the advice of the ground)
course-field-person = Person
course-field-relation = How they belong together
course-field-point = Point
course-carried = points carried along: { $count }
course-field-carry = Points to carry along into the other case (none ticked: none)
course-field-reason = Reason
course-field-remark = Remark
course-field-note = Note
course-field-kind = Kind
course-field-category = Category
course-field-route = Route
course-field-finding = Finding
course-field-outcome = Outcome
course-field-without-report = Why without the reports
course-arbitrate = Lay the return before the supervisor
course-add-co-handler = Ask another department to help
course-co-handler-sign = Sign for our part
course-co-handler-report = Report to the lead
course-drop-co-handler = Release a co-handler
course-suspend = Suspend
course-resume = Resume
course-ask-complainant = Ask the complainant for something
course-complainant-gave = The complainant gave it
course-extend = Ask for an extension
course-approve-extension = Decide on the extension
course-audit = Audit the answer: good
course-ask-termination = Ask to end it, no cooperation
course-terminate = End it for lack of cooperation
course-refuse-termination = Refuse to end it
course-waive-follow-up = No follow-up call wanted
course-archive = Archive
course-withdraw = The complainant withdraws
course-forward = Forward to the authority
course-refuse-acceptance = Do not accept
course-review-non-acceptance = Review the non-acceptance
course-remind = Complainant asks how it is going
course-record-same-matter = Same matter, nothing new: progress told
course-supervise = Order it to be handled
course-hand-over = Hand over to somebody else
course-note-death = Note when the patient died
course-hint-note-death = The law counts 48 hours for an autopsy from the death, not from the call. Ask for the moment, also where it was wrong.
course-settle-autopsy = Settle the autopsy
course-hint-settle-autopsy = Say what became of it, and who was told of the limit. The limit ends with this.
autopsy-outcome-carried-out = carried out
autopsy-outcome-declined = declined by the family, who were told of the limit
autopsy-outcome-not-disputed = cause of death not disputed
autopsy-outcome-too-late = too late
course-link = Link with another case
course-merge = Merge into another case
course-release = Undo a merger
course-split = Make a point a case of its own
course-hint-suspend = The clock stands still where the law allows this reason.
course-hint-ask-complainant = The case waits until it is there; the clock is paused.
course-hint-withdraw = Silence is no withdrawal. Tell first what it means, then write down the words.
course-hint-merge = The number of this case then leads to the other one. It can be undone.
course-hint-refuse-acceptance = A supervisor can review it; it is counted.
course-hint-terminate = Only after a written audit and an explanation to the complainant.
course-hint-remind = It belongs to this case and makes no new one.
course-tag-reminders = { $count ->
    [one] Pressed once
   *[other] Pressed { $count } times
 }
case-units-working-day = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
case-units-calendar-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
case-units-week = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
case-units-year = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
case-units-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
case-units-working-hour = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
