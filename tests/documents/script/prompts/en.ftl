# Every kind of node has something to say, in each of the three languages.
apology = We are sorry, something went wrong.
unavailable = Please call { $number }.
nothing-heard = We heard nothing.
not-understood = That key does nothing here.
welcome = Welcome to the health hotline.
main-menu = Press 1 for a complaint & 2 for a number. For a person press 0.
ask-number = Key in the number, then press hash.
read-back = { $value }. If that is right press 1, if not press 2.
noted = We have noted { $number }.
progress-number = Key in your case number, then press hash.
progress-pin = Key in your PIN, then press hash.
case-status-received = Your case was received.
no-such-case = There is no such case.
choose-language = For English, press 2.
survey-intro = Two questions, if you have a moment.
survey-solved = Was it solved? Press 1 for yes or 2 for no.
survey-satisfaction = How satisfied are you? Press 1 to 5.
office = We connect you to the office.
emergency = We connect you to the ambulance.
connecting = One moment.
waiting = { $minutes ->
    [0] You are number { $position }.
    [one] You are number { $position }, about a minute.
   *[other] You are number { $position }, about { $minutes } minutes.
  }
hold-on = Please hold.
offer-callback = To be called back, press 1.
callback-confirm = For this number press 1, for another press 2.
callback-number = Key in your number, then press hash.
callback-read-back = { $number }? If that is right press 1, if not press 2.
callback-promised = We will call you back.
voicemail = Please speak after the tone, then press hash.
goodbye = Goodbye.
