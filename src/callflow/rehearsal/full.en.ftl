apology = Sorry.
unavailable = Call { $number }.
nothing-heard = Nothing heard.
not-understood = Not understood.
welcome = Welcome.
main-menu = Press 1 to 8.
ask-number = Key in the number, then press #.
read-back = { $value }. Press 1 if right, press 2 if not.
noted = Noted { $number }.
progress-number = Number, then press #.
progress-pin = PIN, then press #.
case-status-received = It was received.
no-such-case = No such case.
choose-language = For English, press 1.
survey-intro = Two questions.
survey-solved = Solved? Press 1 or 2.
survey-satisfaction = Press 1 to 5.
office = The office: { $number }.
emergency = The ambulance.
connecting = One moment.
waiting = { $minutes ->
    [0] Place { $position }.
    [one] Place { $position }, a minute.
   *[other] Place { $position }, { $minutes } minutes.
  }
hold-on = Please hold.
offer-callback = Press 1 for a callback.
callback-confirm = Press 1 for this number, press 2 for another.
callback-number = Your number, then press #.
callback-read-back = { $number }? Press 1 if right, press 2 if not.
callback-promised = Promised.
voicemail = Speak after the tone.
goodbye = Goodbye.
