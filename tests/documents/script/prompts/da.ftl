# Every kind of node has something to say, in each of the three languages.
apology = Beklager, noget gik galt.
unavailable = Ring til { $number }.
nothing-heard = Vi hørte ingenting.
not-understood = Den tast gør ingenting her.
welcome = Velkommen til sundhedslinjen.
main-menu = Tryk 1 for en klage & 2 for et nummer. For et menneske tryk 0.
ask-number = Tast nummeret og slut med firkant.
read-back = { $value }. Hvis det er rigtigt, tryk 1, ellers tryk 2.
noted = Vi har noteret { $number }.
progress-number = Tast dit sagsnummer og slut med firkant.
progress-pin = Tast din pinkode og slut med firkant.
case-status-received = Din sag er modtaget.
no-such-case = Den sag findes ikke.
choose-language = For dansk, tryk 3.
survey-intro = To spørgsmål, hvis du har et øjeblik.
survey-solved = Blev det løst? Tryk 1 for ja eller 2 for nej.
survey-satisfaction = Hvor tilfreds er du? Tryk 1 til 5.
office = Vi stiller dig om til kontoret.
emergency = Vi stiller dig om til alarmcentralen.
connecting = Et øjeblik.
waiting = { $minutes ->
    [0] Du er nummer { $position }.
    [one] Du er nummer { $position }, omkring et minut.
   *[other] Du er nummer { $position }, omkring { $minutes } minutter.
  }
hold-on = Bliv venligst i røret.
offer-callback = For at blive ringet op, tryk 1.
callback-confirm = For dette nummer tryk 1, for et andet tryk 2.
callback-number = Tast dit nummer og slut med firkant.
callback-read-back = { $number }? Hvis det er rigtigt, tryk 1, ellers tryk 2.
callback-promised = Vi ringer dig op.
voicemail = Tal efter tonen og slut med firkant.
goodbye = Farvel.
