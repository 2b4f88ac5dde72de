desk-state = Your state
desk-state-offline = Offline
desk-state-ready = Ready
desk-state-ringing = Ringing
desk-state-talking = Talking
desk-state-wrap-up = Wrap-up
desk-state-break = Break
desk-state-not-responding = Not responding
desk-go-ready = Ready
desk-take-break = Break
desk-go-offline = Offline
desk-ready-in = ready again in
desk-break-reason = Reason for the break
desk-break-short = Short break
desk-break-meal = Meal
desk-break-meeting = Meeting
desk-break-training = Training
desk-break-task = Other task
desk-waiting = { $count ->
    [0] Nobody is waiting
    [one] { $count } caller waiting
   *[other] { $count } callers waiting
}
desk-longest = longest wait
desk-ready-agents = { $count ->
    [one] { $count } agent ready
   *[other] { $count } agents ready
}
desk-call = Call
desk-rings = Your telephone rings:
desk-talks = In conversation:
desk-last-call = Last call:
desk-waited = Waited
desk-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
desk-open-intake = Open the record
desk-decline = Decline
desk-withheld = Number withheld
desk-no-call = No call is in hand. Once you are ready, the next caller’s record comes up here.
desk-no-outcome = no result recorded
desk-callbacks-owed = { $count ->
    [one] We owe this number { $count } call back
   *[other] We owe this number { $count } calls back
}
desk-open-cases = { $count ->
    [0] No open cases
    [one] { $count } open case
   *[other] { $count } open cases
}
desk-earlier = { $count ->
    [0] No earlier contacts
    [one] { $count } earlier contact
   *[other] { $count } earlier contacts
}
desk-keys = Keys
desk-keys-list = F8 ready · F9 break · F6 answer · F7 hang up · Alt+M mute · Alt+H hold and take back · Alt+K whom to ask or put through · Alt+B bring together · Alt+U hand over · Alt+Z let go · F3 phrases and articles · F4 to the record · F2 take over the suggestion · Alt and the key shown, then Enter: finish without a case · Ctrl+Enter: open the case. Nothing fires while an input method is composing.

intake-title = Record of the call
intake-saved = Saved { $time }
intake-offline = Not saved yet – no connection. It is tried again by itself.
intake-conflict = Somebody else saved this record. Their text stands beside yours; what you save now replaces it.
intake-outdated = Somebody else added to this record. Copy what you typed just now, then reload the page.
intake-theirs = Saved by somebody else:
intake-section-intent = What is it about?
intake-section-caller = Caller
intake-section-wishes = Wishes and consent
intake-section-danger = Danger
intake-section-patient = Patient
intake-section-more = Needs, evidence, other routes
intake-section-closing = Before the end
intake-point = Point { $ordinal }
intake-add-point = Add a point
intake-unknown = asked, not known
intake-answer-yes = yes
intake-answer-no = no
intake-request-type = Request type
intake-caller-name = Name
intake-caller-anonymous = wishes to stay anonymous
intake-caller-phone = Number for the reply, if another one
intake-caller-email = E-mail address for letters
intake-caller-best-times = Best times to call
intake-caller-relation = Relation to the patient
intake-caller-authority = Power of attorney or guardianship
intake-relation-self = the patient
intake-relation-relative = relative
intake-relation-guardian = guardian
intake-relation-heir = heir
intake-relation-representative = representative
intake-relation-staff = staff
intake-relation-other = other
intake-wishes-reply = Wants a reply
intake-wishes-confidential = To be kept confidential
intake-wishes-callback = May be called afterwards
intake-wishes-message = A message may be left on the answering machine
intake-wishes-mail = Letters may come by e-mail
intake-wishes-recording = Agrees to the recording
intake-wishes-dialogue = Wants a dialogue
intake-wishes-companion = Will bring a companion
intake-wishes-participants = Who should take part
intake-wishes-interpreter = Interpreter for
intake-wishes-accessibility = Needs in the conversation
intake-desired = Desired outcome
intake-desired-words = in the caller’s words
intake-desired-explanation = explanation
intake-desired-apology = apology
intake-desired-refund = refund
intake-desired-correction = correction
intake-desired-treatment = treatment
intake-desired-discipline = discipline
intake-desired-learning = that others are spared this
intake-desired-other = other
intake-urgent = urgent: somebody must act within the hour
intake-risks = Risks
intake-risks-self-harm = self-harm
intake-risks-violence = violence
intake-risks-child = child
intake-risks-ongoing-harm = harm is going on
intake-risks-outbreak = outbreak
intake-risks-press = press
intake-patient-name = Patient’s name
intake-patient-age-band = Age group
intake-patient-deceased = the patient has died
intake-patient-died-at = patient died at (date and time)
intake-evidence-record-copy = Copy of the record
intake-evidence-receipt = Receipt
intake-evidence-imaging = Images
intake-evidence-audio-video = Sound or video
intake-evidence-other = Other evidence
intake-evidence-status-held = held
intake-evidence-status-promised = promised
intake-evidence-status-not-available = not available
intake-other-routes = Other routes already taken
intake-other-routes-court = court
intake-other-routes-mediation = mediation
intake-other-routes-petition = petition
intake-other-routes-other-hotline = another hotline
intake-other-routes-insurance = insurance
intake-other-routes-compensation = compensation claim
intake-note = Note, at most 300 characters
intake-route-told = the ways open to the caller were told
intake-read-back = read back and confirmed
intake-point-own-words = What happened, in the caller’s words
intake-point-institution = Institution
intake-point-ward = Ward or department
intake-point-happened = When
intake-point-place = Where
intake-point-persons = Persons concerned (names are not needed)
intake-point-payer = Who pays for the treatment
intake-payer-region = the region
intake-payer-partly-region = partly the region
intake-payer-self = the patient
intake-payer-insurance = insurance
intake-payer-municipality = the municipality
intake-payer-unknown = not known
intake-point-category = Category
intake-point-severity = Severity
intake-severity-1 = 1 slight
intake-severity-2 = 2 moderate
intake-severity-3 = 3 serious
intake-severity-4 = 4 most serious
intake-point-harm = Harm, as told
intake-suggested = Suggested by the rules
intake-suggested-none = As soon as something is written down, a suggestion stands here.
intake-because = because of
intake-take = Take over
intake-lacking = Still open
intake-complete = Nothing is missing for a case.
intake-finish = Finish without a case
intake-finish-hint = How did the call end?
intake-finish-do = Finish
intake-finished = This record is finished.
intake-case = Open a case
intake-as-proposed = as proposed
intake-case-do = Open the case and dispatch it
intake-opened = The case is open
intake-tell = Tell the caller the number and the PIN, slowly, and say when an answer will come.
intake-number = Case number
intake-told = Told, back to the desk
intake-to-case = To the case

missing-request-type = the request type
missing-caller-name = the caller’s name, or the wish to stay anonymous
missing-read-back = reading the record back
missing-fact-time = when it happened
missing-fact-place = where, or which institution
missing-fact-persons = who was concerned
missing-fact-content = what happened

refused-intake-incomplete = Before the case can be opened, this is still missing:
refused-note-long = The note is longer than 300 characters
refused-wrap-up-code = Choose how the call ended
refused-agent-move = That is not possible in your present state
refused-no-phone = Your account has no telephone. An administrator can enter one
