apology = Sorry.
unavailable = Call { $number }.
nothing-heard = Nothing heard.
not-understood = Not understood.
welcome = Dansk welcome.
main-menu = tryk 1 to 8.
ask-number = Key in the number, then tryk #.
read-back = { $value }. tryk 1 if right, tryk 2 if not.
noted = Noted { $number }.
progress-number = Number, then tryk #.
progress-pin = PIN, then tryk #.
case-status-received = It was received.
no-such-case = No such case.
choose-language = For dansk, tryk 2.
survey-intro = Two questions.
survey-solved = Solved? tryk 1 or 2.
survey-satisfaction = tryk 1 to 5.
office = The office: { $number }.
emergency = The ambulance.
connecting = One moment.
waiting = { $minutes ->
    [0] Place { $position }.
    [one] Place { $position }, a minute.
   *[other] Place { $position }, { $minutes } minutes.
  }
hold-on = Please hold.
offer-callback = tryk 1 for a callback.
callback-confirm = tryk 1 for this number, tryk 2 for another.
callback-number = Your number, then tryk #.
callback-read-back = { $number }? tryk 1 if right, tryk 2 if not.
callback-promised = Promised.
voicemail = Speak after the tone.
goodbye = Dansk goodbye.
