# Lines: the list
lines-title = Linjer
lines-about = Hvordan opkald går gennem hver linjes script, og hvor folk lægger på.
lines-calls-today = Opkald i dag
lines-hung-up-today = Lagt på undervejs i dag

# Lines: one line
line-name = Linje
line-title = Linje { $line }
line-version = scriptversion
line-period = Periode
line-period-1 = I dag
line-period-7 = 7 dage
line-period-30 = 30 dage
line-picture = Scriptet for linje { $line } som billede med antallet af opkald ad hver vej
line-calls = { $calls ->
    [one] { $calls } opkald
   *[other] { $calls } opkald
}
line-elsewhere = { $calls ->
    [one] { $calls } opkald gik ad veje, som den nyeste version ikke længere har, eller blev ført videre af en fejl.
   *[other] { $calls } opkald gik ad veje, som den nyeste version ikke længere har, eller blev ført videre af en fejl.
}
line-given-up = Hvor folk lægger på
line-given-up-nobody = Ingen har lagt på undervejs.
line-node = Knude
line-reached = Kom hertil
line-hung-up = Lagt på
line-share = Andel
line-now = På linjen nu
line-now-nobody = Der er ingen på linjen.
line-ways = Alle veje som tabel
line-begin = (opkaldet begynder)
line-way = Tast eller vej
line-way-from = Fra
line-way-to = Til
line-way-calls = Opkald

# Lines: words of the picture
graph-kind-say = siger
graph-kind-menu = menu
graph-kind-collect = cifre
graph-kind-record = besked
graph-kind-branch = afgør
graph-kind-lookup = opslag
graph-kind-enqueue = kø
graph-kind-callback = tilbagekald
graph-kind-transfer = omstilling
graph-kind-survey = spørgsmål
graph-kind-language = sprog
graph-kind-hangup = farvel
graph-begin = opkald begynder her
graph-everywhere = Fra hver knude, der venter
graph-again = spurgt igen
graph-hung-up = lagt på her
graph-now = her nu
graph-way-repeat = sagt igen
graph-way-no-input = tavshed
graph-way-invalid = forkert tast
graph-way-person = 0, en medarbejder
graph-way-emergency = nødopkald
graph-way-next = videre
graph-way-start = start
graph-way-open = åben
graph-way-closed = lukket
graph-way-yes = ja
graph-way-no = nej
graph-way-otherwise = ellers
graph-way-served = besvaret
graph-way-nobody = ingen er der
graph-way-failed = ikke forbundet
graph-way-too-many = for mange forsøg
graph-way-down = systemet kan ikke nås
graph-way-without-recording = besked kan ikke optages
graph-way-trouble = fejl
