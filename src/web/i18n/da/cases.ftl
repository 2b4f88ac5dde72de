# Sager: listen
cases-title = Sager
cases-of-department = Sager hos { $department }
cases-helping-title = Hos os som medbehandler
cases-returned-title = Returneret, skal sendes videre igen
cases-returned-none = Ingen sager er returneret.
cases-none = Ingen sag passer til filteret.
cases-count = { $count ->
    [one] 1 sag
   *[other] { $count } sager
}
cases-filter-apply = Vis
cases-filter-reset = Vis alle åbne
cases-filter-status = Status
cases-filter-any = Alle
cases-filter-open = Alle åbne
cases-filter-due = Frist
cases-filter-due-any = Alle
cases-filter-due-today = Forfalder senest i dag
cases-filter-due-overdue = Overskredet
cases-filter-type = Henvendelsestype
cases-filter-category = Kategori
cases-filter-department = Afdeling
cases-filter-from = Modtaget fra
cases-filter-to = Modtaget til
cases-search-wanted = Sagsnummer eller telefon
cases-search = Søg
cases-count-many = Mere end 10.000 sager; indsnævr listen
refused-search-not-a-number = Indtast et sagsnummer eller et telefonnummer
refused-search-by-telephone = Kun agenter og ledere søger på telefonnummer. Bed om sagsnummeret.
cases-column-number = Nummer
cases-column-received = Modtaget
cases-column-subject = Emne
cases-column-institution = Behandlingssted
cases-column-department = Afdeling
cases-column-status = Status
cases-column-due = Frist
cases-column-reason = Begrundelse for returnering
cases-next-page = Næste side
cases-previous-page = Forrige side

# Frist i ord
case-due-none = ingen frist
case-due-today = forfalder i dag
case-due-in = { $days ->
    [one] forfalder i morgen
   *[other] forfalder om { $days } dage
}
case-due-overdue = { $days ->
    [0] overskredet i dag
    [one] overskredet med 1 dag
   *[other] overskredet med { $days } dage
}
case-due-met = afsluttet til tiden
case-due-late = afsluttet for sent
case-due-provisional = foreløbig: kalenderen er ikke offentliggjort så langt frem

# Status

# Sagen
case-title = Sag { $number }
case-reopened-times = { $count ->
    [one] genåbnet én gang
   *[other] genåbnet { $count } gange
}
case-urgent = Haster
case-confidential = Fortrolig
case-confidential-hint = Klageren må ikke navngives over for behandlingsstedet eller de berørte personer.
case-severity = Alvorlighed
case-severity-1 = let
case-severity-2 = moderat
case-severity-3 = alvorlig
case-severity-4 = meget alvorlig
case-facts = Oplysninger
case-fact-type = Henvendelsestype
case-fact-received = Modtaget
case-fact-line = Linje
case-fact-language = Sprog
case-fact-complainant = Klager
case-fact-anonymous = anonym
case-fact-withheld-for-you = vises ikke: fortrolig
case-fact-phone = Telefon
case-fact-no-phone = ikke oplyst
case-fact-department = Ligger hos
case-fact-nobody = ingen endnu
case-fact-pin = Pinkode til klageren
case-phone-reveal = Vis nummeret
case-phone-reason = Hvorfor skal du bruge det?
case-phone-reason-hint = Begrundelsen gemmes i revisionssporet.
case-points = Klagepunkter
case-point = Klagepunkt { $ordinal }
case-point-institution = Behandlingssted
case-point-place = Sted
case-point-persons = Berørte personer
case-point-happened = Hvornår
case-point-words = Med klagerens egne ord
case-point-category = Kategori
case-point-suggested = foreslået: { $category }
case-point-finding = Vurdering
case-point-outcome = Udfald
case-unknown = ikke kendt

# Frister
case-clocks = Frister
case-clocks-over = Frister, der er overstået
case-clock-answer = Svar
case-clock-sign = Kvittering
case-clock-return = Returnering
case-clock-follow-up = Opfølgende opkald
case-clock-dispatch = Videresendelse
case-clock-acknowledge = Bekræftelse
case-clock-accept = Beslutning om antagelse
case-clock-dispatch-pressing = Videresendelse af presserende sag
case-clock-dispatch-urgent = Videresendelse af hastesag
case-clock-rule = Afgørelse af uenighed
case-clock-answer-joint = Fælles svar
case-clock-co-handle = Medbehandlers del
case-clock-reply = Svar til klageren
case-clock-call-back = Tilbagekald
case-clock-dialogue = Dialog
case-clock-autopsy = Obduktion
case-clock-mediation = Mægling
case-clock-information = Anden frist
case-clock-until = senest { $moment }
case-clock-law = Hjemmel
case-clock-counted = Sådan er fristen talt
case-clock-day-start-day = dagen selv, tælles ikke
case-clock-day-working-day = arbejdsdag
case-clock-day-make-up-workday = indarbejdet arbejdsdag
case-clock-day-weekend = weekend
case-clock-day-holiday = { $name }
case-clock-day-calendar-day = kalenderdag
case-clock-day-closed = uden for åbningstid
case-clock-day-extended = forlængelse
case-clock-extended = forlænget med { $what }
case-clock-stands-still = står stille
case-clock-earliest = Fristen står stille; dagen er den tidligst mulige.
case-clock-taken-over = Fristen fra en sag, der er lagt sammen med denne: Den er den tidligste og løber videre her.
case-clock-unstarted-autopsy = Obduktion: Patienten er død, og ingen har noteret hvornår. Fristen løber fra dødsfaldet og kan ikke tælles: Spørg efter tidspunktet, og vælg »Notér, hvornår patienten døde«.
case-clock-unstarted-answer = Svar: Fristen løber ikke endnu; loven regner fra et senere skridt (videresendelse eller kvittering).
case-clock-week = Uge fra
case-clock-log = Omregninger, der flyttede en frist
case-clock-cause-history = noget skete i sagen
case-clock-cause-books = en lov, kalender eller bekendtgørelse blev ændret
case-clock-weekday-1 = man
case-clock-weekday-2 = tir
case-clock-weekday-3 = ons
case-clock-weekday-4 = tor
case-clock-weekday-5 = fre
case-clock-weekday-6 = lør
case-clock-weekday-7 = søn
case-clock-key-counted = talt
case-clock-key-off = fridag
case-clock-key-paused = sat i bero
case-clock-key-suspended = suspenderet
case-clock-key-granted = forlængelse
case-clock-key-last = sidste dag
cases-warned = { $percent } % af tiden er gået
case-clock-day-paused = sat i bero: { $reason }
case-clock-day-suspended = suspenderet: { $citation }
pause-awaiting-complainant = afventer klageren
pause-awaiting-evidence = afventer bevismateriale
pause-appraisal = sagkyndig vurdering
pause-other-proceedings = sagen ligger hos en anden myndighed
pause-agreed = aftalt mellem parterne
pause-force-majeure = force majeure

# Historik
case-history = Historik
case-history-picture = Sagens forløb som billede; listen nedenfor siger det samme i ord.
case-history-house = systemet

# Hvad der kan gøres
case-actions = Det skal gøres
case-actions-none = Der er ikke noget, du skal gøre her nu.
case-actions-rare = Sjældent brugt
case-missing-title = Før sagen kan lukkes
case-missing-none = Intet mangler: Sagen kan lukkes.

case-dispatch = Send videre
case-dispatch-again = Send til en anden afdeling
case-dispatch-to = Til afdeling
case-dispatch-proposed = Foreslået af reglerne: { $department }
case-dispatch-mandatory = Reglen er bindende.
case-dispatch-no-rule = Ingen regel passer; vælg en afdeling.
case-dispatch-reason = Begrundelse, hvis du vælger en anden afdeling end foreslået
case-dispatch-do = Send videre
case-sign = Kvitter
case-sign-hint = Fra nu af ligger sagen hos din afdeling.
case-return = Returner
case-return-hint = Kun hvis sagen ligger uden for afdelingens opgaver. Linjen afgør, hvor den skal hen.
case-return-reason = Begrundelse
case-return-do = Returner til linjen
case-return-not-again = Linjen har afgjort, at sagen hører til her; den kan ikke returneres igen.
case-steps = Undersøgelsens skridt
case-steps-none = Der er ikke noteret noget endnu.
case-step-add = Notér et skridt
case-step-kind = Hvad der blev gjort
case-step-note = Hvad det viste
case-step-do = Notér
case-answer = Svar
case-answer-hint = Hvert klagepunkt skal have en vurdering og et udfald.
case-answer-finding = Vurdering
case-answer-outcome = Udfald
case-answer-kind = Udfaldets art
case-answer-do = Afgiv svar
case-reject = Send svaret tilbage
case-reject-reason = Hvad mangler i svaret
case-reject-do = Send tilbage til afdelingen
case-feedback = Tilbagemelding
case-feedback-channel = Hvordan fik klageren besked?
case-feedback-note = Hvad der blev sagt
case-feedback-waived = Klageren ønsker ikke svar
case-feedback-waived-reason = Begrundelse, med klagerens ord
case-feedback-do = Notér tilbagemeldingen
case-route = Klagevejledning
case-route-which = Hvilken vej blev klageren vejledt om?
case-route-how = Hvordan
case-route-do = Notér vejledningen
case-close = Luk
case-close-do = Luk sagen

# Opkald, vi skylder
callbacks-title = Opkald, vi skylder
callbacks-none = Ingen venter på et opkald fra os.
callbacks-column-purpose = Formål
callbacks-column-who = Til
callbacks-column-phone = Telefon
callbacks-column-when = Hvornår
callbacks-column-attempts = Forsøg
callbacks-column-state = Status
callbacks-open = Åbn
callback-title = Opkald
callback-queue-caller = Person, der har beholdt sin plads i køen
callback-state-due = venter
callback-state-dialling = der ringes op
callback-state-done = afsluttet
callback-state-parked = parkeret: et menneske skal afgøre det
callback-state-cancelled = annulleret
callback-now = nu
callback-next = fra { $moment }
callback-due = lovet senest { $moment }
callback-late = lovet senest { $moment }, overskredet
callback-wish = Ønske
callback-claimed = hos { $name }
callback-claim = Jeg tager det
callback-release = Giv det tilbage
callback-dial = Ring op nu
callback-dial-hint = Din telefon ringer først; når du svarer, ringes der til personen.
callback-dialling = Et opkald er i gang.
callback-attempts = Forsøg
callback-attempts-none = Ingen forsøg endnu.
callback-attempt-by = { $channel ->
    [provider] ringet op af systemet
   *[other] ringet op manuelt
}
callback-attempt-log = Notér et forsøg, du selv har gjort
callback-attempt-outcome = Hvad skete der
callback-attempt-note = Note
callback-attempt-do = Notér forsøget
callback-machine = Besked på telefonsvareren
callback-machine-agreed = aftalt
callback-machine-declined = ønskes ikke
callback-machine-not-asked = ikke spurgt
callback-machine-no-message = Telefonsvarer: ingen besked
callback-machine-left = Besked lagt
callback-machine-say = Dette må siges:
callback-machine-why-purpose = Ved denne slags opkald lægges der ingen besked.
callback-machine-why-not-agreed = Klageren har ikke sagt ja til beskeder: læg ingen.
callback-machine-why-left-before = Der er lagt en besked før: læg ikke en til.
callback-opening = Indtil du ved, hvem der svarer, så sig kun, hvem du er, og spørg efter personen; nævn ikke, hvad det drejer sig om.
callback-message = Goddag. Dette er en besked fra hotlinen. Ring venligst til os på { $phone }. Farvel.
callback-message-reference = Goddag. Dette er en besked fra hotlinen. Dit referencenummer er { $reference }. Ring venligst til os på { $phone }. Farvel.
callback-outcome = Samtalens resultat
callback-outcome-solved = Er problemet løst?
callback-outcome-yes = Ja
callback-outcome-no = Nej
callback-outcome-not-asked = ikke spurgt eller intet svar
callback-outcome-satisfaction = Hvor tilfreds?
callback-outcome-note = Hvad der blev sagt
callback-outcome-do = Notér resultatet
callback-outcome-hint = »Ikke løst« eller en af de to dårligste karakterer genåbner sagen.
callback-outcome-dialogue = Det, der noteres her, føjes til dialogens historik og afgør intet: notér indkaldelsen, beslutningen eller en tilbagetrækning på dialogens egen side.
callback-to-dialogue = Til sagens dialog
satisfaction-very-satisfied = meget tilfreds
satisfaction-satisfied = tilfreds
satisfaction-basically-satisfied = nogenlunde tilfreds
satisfaction-dissatisfied = utilfreds
satisfaction-very-dissatisfied = meget utilfreds
satisfaction-none = ingen karakter

# Afvisninger

case-status-received = Modtaget
case-status-recorded = Registreret
case-status-classified = Klassificeret
case-status-dispatched = Sendt videre
case-status-signed = Kvitteret
case-status-returned = Returneret
case-status-in-progress = Under undersøgelse
case-status-answered = Besvaret
case-status-fed-back = Tilbagemeldt
case-status-solved = Løst
case-status-closed = Lukket
case-status-closed-unreached = Lukket, klageren ikke truffet
case-status-reopened = Genåbnet

case-event-opened = Sag oprettet
case-event-number-told = Sagsnummeret er oplyst til den, der ringede
case-event-article-told = Fortalt til den, der ringede: { $what }
case-event-point-classified = Kategori sat til { $what }
case-event-dispatched = Sendt videre til { $what }
case-event-signed-for = Kvitteret
case-event-returned = Returneret: { $what }
case-event-step-logged = { $what }
case-event-point-answered = Klagepunkt besvaret: { $what }
case-event-answered = Svar afgivet
case-event-sent-back = Svaret sendt tilbage til afdelingen
case-event-fed-back = Resultatet meddelt: { $what }
case-event-feedback-waived = Intet svar ønsket
case-event-route-notice-given = Klagevejledning: { $what }
case-event-route-notice-waived = Ingen klagevejledning givet
case-event-follow-up-due = Opfølgende opkald lovet
case-event-follow-up-scheduled = Opfølgende opkald senest { $what }
case-event-follow-up-waived = Opfølgende opkald ikke ønsket
case-event-follow-up-done = Opfølgende opkald gennemført: { $what }
case-event-follow-up-unreached = Klageren ikke truffet, alle forsøg er brugt
case-event-callback-promised = Opkald lovet: { $what }
case-event-callback-ended = Opkald afsluttet: { $what }
case-event-closed = Lukket
case-event-reopened = Genåbnet: { $what }
case-event-phone-revealed = Telefonnummer vist
case-event-ruled = afgjort af linjen, kan ikke returneres

callback-purpose-queue-callback = Tilbagekald
callback-purpose-promised-advice = Lovet rådgivning
callback-purpose-ask-facts = Manglende oplysninger
callback-purpose-give-result = Fortælle resultatet
callback-purpose-satisfaction = Opfølgning: Er problemet løst?
callback-purpose-dialogue-contact = Kontakt om dialog
callback-purpose-dialogue-decision = Beslutning efter dialogen
callback-purpose-recheck = Ny opfølgning

attempt-under-way = i gang
attempt-reached = truffet
attempt-reached-inbound = ringede selv først
attempt-no-answer = intet svar
attempt-busy = optaget
attempt-unreachable = slukket eller uden dækning
attempt-machine = telefonsvarer
attempt-message-left = telefonsvarer, besked lagt
attempt-silent = svarede, men sagde intet
attempt-wrong-number = forkert nummer
attempt-invalid-number = nummeret findes ikke
attempt-refused = ønsker ikke opkald
attempt-technical = teknisk fejl, tæller ikke
attempt-not-dialled = ikke ringet op, tæller ikke
attempt-unreached = ikke truffet, alle forsøg er brugt

parked-no-window = Der er ikke flere tilladte tidspunkter at ringe på.
parked-number = Nummeret skal rettes ad anden vej.
parked-technical = Udbyderen fejler gang på gang.
parked-no-rule = Der er ingen regel for dette udfald.

step-records-consulted = Journal gennemgået
step-footage-requested = Videooptagelser rekvireret
step-parties-heard = Parter hørt
step-other = Andet

return-not-ours = uden for vores opgaver
return-duplicate = en anden afdeling har samme sag
return-too-little = kan ikke undersøges på det foreliggende
return-conflict = klagen gælder vores eget personale
return-other = andet

finding-upheld = medhold
finding-partly-upheld = delvist medhold
finding-not-upheld = ikke medhold
finding-not-established = kunne ikke fastslås

outcome-remedy = der er rettet op på det
outcome-opinion = udtalelse uden afhjælpning

reopen-not-solved = ikke løst
reopen-new-facts = nye oplysninger
reopen-wrong-department = forkert afdeling
reopen-other = andet

channel-phone = telefon
channel-sms = sms
channel-email = e-mail
channel-letter = brev
channel-in-person = personligt

missing-category = Hvert klagepunkt skal have en kategori.
missing-investigation-step = Mindst ét skridt i undersøgelsen skal være noteret.
missing-finding = Hvert klagepunkt skal have en vurdering.
missing-outcome = Hvert klagepunkt skal have et udfald.
missing-feedback = Klageren skal have tilbagemelding eller have frabedt sig den.
missing-route-notice = Klageren skal have klagevejledning.
missing-follow-up = Det opfølgende opkald mangler.

# Afvisninger
refused-wrong-role = Det må din rolle ikke.
refused-not-your-department = Sagen ligger ikke hos din afdeling.
refused-no-such-point = Sagen har ikke det klagepunkt.
refused-no-category = Vælg en kategori.
refused-no-department = Vælg en afdeling.
refused-needs-reason = Giv en begrundelse.
refused-mandatory-rule = Reglen for denne kategori er bindende; kun en leder kan vælge en anden afdeling, med en begrundelse.
refused-designated-not-returnable = Linjen har afgjort, at sagen er jeres; den kan ikke returneres.
refused-mandatory-not-returnable = Reglen for denne kategori er bindende; sagen kan ikke returneres.
refused-already-answered = Sagen er besvaret og kan ikke længere returneres.
refused-incomplete = Der mangler stadig noget.
refused-department-unknown = Afdelingen findes ikke. Vælg en fra listen.
refused-route-unknown = Vælg en klagevej fra listen.
refused-points = En sag skal have mindst ét klagepunkt, hvert med klagerens egne ord.
refused-category-unknown = Kategorien findes ikke.
refused-request-type = Vælg en henvendelsestype.
refused-line-unknown = Linjen findes ikke.
refused-follow-up-no-phone = Der er ikke noget nummer at ringe til.
refused-callback-done = Opkaldet er allerede afsluttet.
refused-callback-not-yours = En anden har taget dette opkald.
refused-callback-busy = Et opkald er i gang. Vent, til det er slut, eller notér, hvordan det gik.
refused-callback-not-parked = Kun et parkeret opkald kan opgives.
refused-callback-no-phone = Der er ikke noteret nogen telefon til dig. En administrator kan tilføje den.
refused-callback-no-provider = Der er ikke sat nogen udbyder op, der kan ringe ud. Ring selv, og notér forsøget.
refused-callback-provider = Udbyderen afviste opkaldet; der blev ikke ringet op. Prøv igen, eller ring selv.
refused-callback-unclear = Udbyderen gav ikke et klart svar: Din telefon ringer måske, måske ikke. Der ringes ikke op igen af sig selv. Vi spørger udbyderen, om der er et opkald; om få minutter ses det her. Ved du det allerede, så notér, hvordan det gik.
refused-call-emergency = Det er et alarmnummer; det ringer vi ikke op. Ret nummeret.
refused-call-short = Det er et kort nummer, som vi ikke må ringe til. Ret nummeret.
refused-call-abroad = Der må ikke ringes til numre i det land herfra. Find en anden vej til personen.
refused-call-prefix = Nummeret er overtakseret eller på anden måde dyrt; der ringes ikke. Ret nummeret, eller find en anden vej til personen.
refused-call-not-allowed = Nummeret er ikke blandt dem, vi må ringe til. Ret nummeret, eller find en anden vej til personen.
refused-call-house-hour = Huset har nået sit højeste antal opkald i denne time. Prøv igen senere.
refused-call-line-hour = Linjen har nået sit højeste antal opkald i denne time. Prøv igen senere.
refused-call-number-day = Der er ringet nok til dette nummer inden for et døgn. Prøv igen i morgen.
refused-callback-not-reached = Der er ikke truffet nogen endnu: Notér først forsøget.
refused-callback-message = Der må ikke lægges nogen besked her.
refused-callback-no-attempt = Der er intet opkald i gang, som mødte en telefonsvarer.
refused-satisfaction = Tilfredshed er en karakter fra 1 til 5.

case-classify = Kategori
case-classify-do = Sæt kategorien
case-dispatch-ruling = Ved afgørelse: afdelingen kan ikke returnere sagen
case-return-remark = Hvad skal linjen vide?
case-reopen = Tag sagen op igen
case-reopen-cause = Årsag
case-reopen-remark = Hvad er nyt
case-reopen-do = Genåbn sagen
case-route-waived = Der kunne ikke gives klagevejledning
case-route-waived-reason = Begrundelse, hvis der ingen blev givet
case-route-text = Læses op eller sendes
case-callbacks = Opkald

callback-give-up = Opgiv
callback-give-up-reason = Hvorfor kan personen ikke træffes?
callback-give-up-do = Afslut uden at have truffet personen
callback-whisper-case = { $purpose ->
    [satisfaction] Opfølgende opkald om sag { $digits }. Jeg stiller dig igennem nu.
    [dialogue_contact] Opkald om dialogen i sag { $digits }. Jeg stiller dig igennem nu.
    [dialogue_decision] Opkald om beslutningen efter dialogen, sag { $digits }. Jeg stiller dig igennem nu.
   *[other] Opkald om sag { $digits }. Jeg stiller dig igennem nu.
}
callback-whisper-queue = Tilbagekald: Personen har beholdt sin plads i køen. Jeg stiller dig igennem nu.
callback-records-out = Husets oplysninger kan ikke nås. Der stilles ingen igennem nu; opkaldet bliver stående på listen.
refused-callback-on-a-call = Du er i gang med en samtale. Afslut den først.
refused-token = Adressen er ikke lavet af os eller hører til et andet opkald.
case-back-to-typed = Tilbage til det, jeg skrev
