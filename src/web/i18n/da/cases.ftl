# Sager: listen
cases-title = Sager
cases-of-department = Sager hos { $department }
cases-returned-title = Returneret, skal sendes videre igen
cases-returned-none = Ingen sager er returneret.
cases-none = Ingen sag passer til filteret.
cases-count = { $count ->
    [one] 1 sag
   *[other] { $count } sager
}
cases-filter = Filter
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
cases-filter-institution = Behandlingssted
cases-filter-department = Afdeling
cases-filter-from = Modtaget fra
cases-filter-to = Modtaget til
cases-filter-number = Sagsnummer
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
case-due-soon = { $hours ->
    [0] forfalder inden for en time
    [one] forfalder om 1 time
   *[other] forfalder om { $hours } timer
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
case-status-received = Modtaget
case-status-classified = Klassificeret
case-status-dispatched = Sendt videre
case-status-signed = Kvitteret
case-status-returned = Returneret
case-status-in_progress = Under undersøgelse
case-status-answered = Besvaret
case-status-fed_back = Tilbagemeldt
case-status-in_follow_up = Opfølgning
case-status-reopened = Genåbnet
case-status-closed = Lukket

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
case-severity-0 = ingen
case-severity-1 = lav
case-severity-2 = middel
case-severity-3 = høj
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
case-intake = Alt, der blev registreret

# Frister
case-clocks = Frister
case-clock-answer = Svar
case-clock-sign = Kvittering
case-clock-return = Returnering
case-clock-follow_up = Opfølgende opkald
case-clock-dispatch = Videresendelse
case-clock-until = senest { $moment }
case-clock-law = Hjemmel
case-clock-counted = Sådan er fristen talt
case-clock-day-start_day = dagen selv, tælles ikke
case-clock-day-working_day = arbejdsdag
case-clock-day-make_up_workday = indarbejdet arbejdsdag
case-clock-day-weekend = weekend
case-clock-day-holiday = { $name }
case-clock-day-calendar_day = kalenderdag

# Historik
case-history = Historik
case-history-picture = Sagens forløb som billede; listen nedenfor siger det samme i ord.
case-history-house = systemet
case-event-opened = Sag oprettet
case-event-recoded = Kategori sat til { $category }
case-event-dispatched = Sendt videre til { $department }
case-event-signed = Kvitteret
case-event-returned = Returneret af { $department }
case-event-step_logged = Undersøgelse: { $step }
case-event-answered = Besvaret
case-event-answer_rejected = Svaret sendt tilbage til afdelingen
case-event-fed_back = Tilbagemelding givet: { $channel }
case-event-feedback_waived = Klageren ønskede ikke svar
case-event-route_noticed = Klagevejledning givet: { $route }
case-event-follow_up_scheduled = Opfølgende opkald lovet senest { $moment }
case-event-call_attempted = Opkaldsforsøg: { $outcome }
case-event-followed_up = Opfølgende opkald gennemført
case-event-not_reached = Klageren kunne ikke træffes
case-event-reopened = Genåbnet
case-event-closed = Lukket
case-event-phone_revealed = Telefonnummer vist

# Hvad der kan gøres
case-actions = Det skal gøres
case-actions-none = Der er ikke noget, du skal gøre her nu.
case-missing-title = Før sagen kan lukkes
case-missing-none = Intet mangler: Sagen kan lukkes.
missing-finding = Hvert klagepunkt skal have en vurdering.
missing-outcome = Hvert klagepunkt skal have et udfald.
missing-feedback = Klageren skal have tilbagemelding eller have frabedt sig den.
missing-route_notice = Klageren skal have klagevejledning.
missing-follow_up = Det opfølgende opkald mangler.

case-dispatch = Send videre
case-dispatch-again = Send videre igen
case-dispatch-to = Til afdeling
case-dispatch-proposed = Foreslået af reglerne: { $department }
case-dispatch-mandatory = Reglen er bindende.
case-dispatch-no-rule = Ingen regel passer; vælg en afdeling.
case-dispatch-reason = Begrundelse, hvis du vælger en anden afdeling end foreslået
case-dispatch-joint = Flere afdelinger skal svare sammen
case-dispatch-do = Send videre
case-sign = Kvitter
case-sign-hint = Fra nu af ligger sagen hos din afdeling.
case-return = Returner
case-return-hint = Kun hvis sagen ligger uden for afdelingens opgaver. Linjen afgør, hvor den skal hen.
case-return-reason = Begrundelse
case-return-do = Returner til linjen
case-return-not-again = Linjen har afgjort, at sagen hører til her; den kan ikke returneres igen.
case-steps = Undersøgelse
case-steps-none = Der er ikke noteret noget endnu.
case-step-add = Notér et skridt
case-step-kind = Hvad der blev gjort
case-step-note = Hvad det viste
case-step-do = Notér
step-records_consulted = Journal gennemgået
step-footage_requested = Videooptagelser rekvireret
step-parties_heard = Parter hørt
step-other = Andet
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
channel-phone = telefon
channel-letter = brev
channel-email = e-mail
channel-sms = sms
channel-in_person = personligt
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
callback-purpose-queue_callback = Tilbagekald
callback-purpose-promised_advice = Lovet rådgivning
callback-purpose-missing_facts = Manglende oplysninger
callback-purpose-result = Fortælle resultatet
callback-purpose-follow_up = Opfølgning: Er problemet løst?
callback-purpose-dialogue_contact = Kontakt om dialog
callback-purpose-decision = Beslutning efter dialogen
callback-purpose-reminder = Påmindelse
callback-purpose-recheck = Ny opfølgning
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
callback-dial-unclear = Udbyderen gav ikke et klart svar: Din telefon ringer måske, måske ikke. Der ringes ikke op igen af sig selv. Ringer der ikke, så notér forsøget manuelt.
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
callback-outcome = Samtalens resultat
callback-outcome-solved = Er problemet løst?
callback-outcome-yes = Ja
callback-outcome-no = Nej
callback-outcome-not-asked = ikke spurgt eller intet svar
callback-outcome-satisfaction = Hvor tilfreds?
callback-outcome-note = Hvad der blev sagt
callback-outcome-do = Notér resultatet
callback-outcome-hint = »Ikke løst« eller en af de to dårligste karakterer genåbner sagen.
satisfaction-5 = meget tilfreds
satisfaction-4 = tilfreds
satisfaction-3 = nogenlunde tilfreds
satisfaction-2 = utilfreds
satisfaction-1 = meget utilfreds
satisfaction-none = ingen karakter
attempt-pending = i gang
attempt-reached = truffet
attempt-no_answer = intet svar
attempt-busy = optaget
attempt-switched_off = slukket eller uden dækning
attempt-wrong_number = forkert nummer
attempt-invalid_number = nummeret findes ikke
attempt-refused = ønsker ikke opkald
attempt-machine = telefonsvarer
attempt-technical = teknisk fejl, tæller ikke
attempt-agent_missed = vores egen telefon blev ikke taget, tæller ikke

# Afvisninger
refused-department-unknown = Afdelingen findes ikke. Vælg en fra listen.
refused-override-reason = Det kræver en begrundelse at vælge en anden afdeling, end reglerne foreslår.
refused-mandatory-rule = Reglen for denne kategori er bindende; kun en leder kan vælge en anden afdeling, med en begrundelse.
refused-return-reason = Skriv, hvorfor sagen ikke hører til hos jer, så linjen kan afgøre det.
refused-return-again = Linjen har afgjort, at sagen er jeres; den kan ikke returneres igen.
refused-step-kind = Vælg, hvad der blev gjort.
refused-step-note = Skriv kort, hvad det viste.
refused-answer-incomplete = Hvert klagepunkt skal have en vurdering, et udfald og udfaldets art.
refused-reject-reason = Skriv, hvad svaret mangler.
refused-feedback-channel = Vælg, hvordan klageren fik besked.
refused-waive-reason = Skriv, hvorfor der ikke ønskes svar.
refused-route-unknown = Vælg en klagevej fra listen.
refused-closing = Sagen kan ikke lukkes endnu.
refused-case-step = Det kan ikke gøres, mens sagen har denne status.
refused-points = En sag skal have mindst ét klagepunkt med klagerens egne ord og en kategori.
refused-category-unknown = Kategorien findes ikke.
refused-request-type = Henvendelsestypen findes ikke.
refused-severity = Alvorlighed er et tal fra 0 til 3.
refused-line-unknown = Linjen findes ikke.
refused-reveal-reason = Skriv, hvorfor du skal bruge hele nummeret; begrundelsen gemmes.
refused-callback-done = Opkaldet er allerede afsluttet.
refused-callback-not-yours = En anden har taget dette opkald.
refused-callback-busy = Et opkald er i gang. Vent, til det er slut, eller notér resultatet.
refused-callback-no-phone = Der er ikke noteret nogen telefon til dig. En administrator kan tilføje den.
refused-callback-no-provider = Der er ikke sat nogen udbyder op, der kan ringe ud. Ring selv, og notér forsøget.
refused-callback-provider = Udbyderen afviste opkaldet; der blev ikke ringet op. Prøv igen, eller ring selv.
refused-attempt-outcome = Vælg, hvad der skete.
refused-callback-answer = Angiv, om problemet er løst, eller at det ikke kunne spørges.
refused-satisfaction = Tilfredshed er en karakter fra 1 til 5.
refused-callback-not-reached = Der er ikke truffet nogen endnu: Notér først forsøget.
refused-callback-exhausted = Alle forsøg er brugt.
