# Health hotline 12320, English. Written for the ear: short sentences, digits apart, first what, then which key.

choose-language = For English, press 2. For a person, press 0.
welcome = Welcome to the health hotline. For a person, press 0. If somebody's life is in danger, press 9 at any time, and we will connect you to the ambulance on 1 2 0.
main-menu = To make a complaint, press 1. To report wrongdoing, press 2. For questions, help or suggestions, press 3. To hear how your case is getting on, press 4. For another language, press 8. To speak to a person, press 0 at any time. To hear this again, press star.

connecting = We are connecting you to a member of staff. Please stay on the line.
connecting-report = You need not give your name, and what you tell us stays confidential. Please stay on the line.
waiting =
    { $position ->
        [1] You are next.
       *[other] There are other callers before you. You are number { $position } in the queue.
    }{ $minutes ->
        [0] {""}
        [one] {" "}The wait is about one minute.
       *[other] {" "}The wait is about { $minutes } minutes.
    }
hold-on = Thank you for waiting. Please stay on the line.
advice-complaint = We will write down your complaint as you tell it, pass it to the department that must look into it, and tell you what comes of it. While you wait, you may want to think about when and where it happened, who was involved, and what took place. If you have copies of records, receipts or images, keep them at hand. If you have none, that is fine. Take your time: we will hear you out.
advice-report = Who you are and what you tell us is never passed to those you report. While you wait, you may want to think about where it happens, when, who does it, and how you know. Whatever you do not know, you may leave out.
offer-callback = If you would rather not wait, press 1, and we will call you back when your turn comes.

callback-confirm = We will call you back, and you keep your place in the queue. To be called on the number you are using now, press 1. For another number, press 2.
callback-number = Please key in the number we should call, with the area code, and finish with the hash key.
callback-read-back = The number you keyed in is: { $number }. If that is right, press 1. To key it in again, press 2.
callback-promised = Thank you, that is noted. You keep your place, and we will call you when your turn comes.

progress-number = Please key in your case number, and finish with the hash key.
progress-pin = Please key in your PIN of four digits, and finish with the hash key.
progress-unknown = We cannot find a case with that number and PIN. Please check them and try again.
progress-blocked = To protect our callers, no more cases can be looked up from this telephone today. We are connecting you to a member of staff.
case-status-received = We have received your case and are recording it.
case-status-recorded = Your case is recorded. We are sorting out what it is about.
case-status-classified = Your case is recorded. We are deciding which department must handle it.
case-status-dispatched = Your case has been passed to the department. It has not been signed for yet.
case-status-signed = The department has signed for your case and will begin to look into it.
case-status-returned = The department has sent your case back. We are deciding who must handle it.
case-status-in_progress = The department is looking into your case.
case-status-answered = The department has answered. We are checking the answer and will then tell you the result.
case-status-fed_back = You have been told the result. We will call once more to hear whether the problem is really solved.
case-status-solved = You have told us that the problem is solved. We are completing the papers and will then close your case.
case-status-reopened = After our follow-up call, your case is being handled again.
case-status-closed = Your case is closed.
case-status-closed_unreached = Your case is closed. We tried to call you about the result and could not reach you. If you want to talk about it, press 0 for a person.
case-status-arbitration = There is a dispute over which department must handle your case. We are settling it.
case-status-suspended = Your case is waiting for papers or an expert opinion. Once they are here, it goes on.
case-status-in_dialogue = A dialogue is being held about your case.
case-status-audited = We have checked the answer of the department and will tell you the result.
case-status-withdrawn = Your case has been withdrawn, as you told us.
case-status-not_accepted = Your case was not accepted. We told you why, and where you can go instead. If you want to talk about it, press 0 for a person.
case-status-forwarded = Your case has been handed over to the authority, which will decide it.
case-status-terminated = Your case has been ended, and you have been told why. If you want to talk about it, press 0 for a person.
case-status-merged = Your case is being handled together with another one. To hear how that one is going, press 0 for a person.
case-status-archived = Your case is closed and filed.
after-progress = To look up another case, press 1. For the main menu, press 2. To speak to a person, press 0. Otherwise you may hang up.

closed =
    Our staff are not on duty at this hour. { $next_open_day ->
        [today] We are back today at { TIME($next_open) }.
        [tomorrow] We are back tomorrow at { TIME($next_open) }.
        [unknown] {""}
       *[later] We are back on { DATE($next_open) } at { TIME($next_open) }.
    }
nobody = We are sorry: no member of staff can take your call just now.
closed-menu = To leave a message, press 1, and we will call you when we are back. To hear how your case is getting on, press 2.
voicemail = Please speak after the tone. Tell us your name, your telephone number and what it is about. You need not give your name. When you have finished, press hash. If somebody's life is in danger, press 9, even while you are speaking.
instead-of-a-message = Messages cannot be recorded on this connection. Instead we will call you as soon as we are back. To be called on the number you are using now, press 1. For another number, press 2.
voicemail-thanks-instead = Thank you, that is noted. We will call you as soon as we are back.
voicemail-thanks = Your message is saved. We will call you as soon as we are back.

emergency = We are connecting you to the ambulance service. Please stay on the line. Be ready to say where you are and how the patient is.
emergency-failed = The ambulance service did not answer. Please hang up now and dial 1 2 0 yourself. If you cannot, stay on the line: a member of our staff will help you at once.

waiting-crisis = Please stay on the line: we are getting somebody to help you. If you can, dial 1 2 0 from another telephone.
emergency-last = No member of staff can answer just now. Please hang up and dial 1 2 0 yourself at once.

survey-intro = Please tell us how you found our service just now.
survey-satisfaction = Very satisfied, press 1. Satisfied, press 2. Fairly satisfied, press 3. Dissatisfied, press 4. Very dissatisfied, press 5.
survey-thanks = Thank you for telling us.

nothing-heard = We did not receive a key.
not-understood = That key has no meaning here.
apology = We are sorry, something went wrong on our side. We are connecting you to a member of staff.
unavailable = We are sorry, our system cannot be used just now. We are connecting you to another number: { $number }. If nobody answers, please dial that number yourself.
systems-down = We are sorry: our systems are down, and we cannot see the queue. To leave a message, press 1, and we will call you back. Or stay on the line, and we will connect you to another number.
elsewhere = We are connecting you to another number: { $number }. If nobody answers, please dial that number yourself.
goodbye = Thank you for calling. We wish you good health. Goodbye.
