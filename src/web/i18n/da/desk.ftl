desk-state = Din status
desk-state-offline = Ikke logget på køen
desk-state-ready = Klar
desk-state-ringing = Ringer
desk-state-talking = I samtale
desk-state-wrap-up = Efterbehandling
desk-state-break = Pause
desk-state-not-responding = Svarer ikke
desk-go-ready = Klar
desk-take-break = Pause
desk-go-offline = Forlad køen
desk-ready-in = klar igen om
desk-break-reason = Årsag til pausen
desk-break-short = Kort pause
desk-break-meal = Frokost
desk-break-meeting = Møde
desk-break-training = Oplæring
desk-break-task = Anden opgave
desk-waiting = { $count ->
    [0] Ingen venter
    [one] { $count } venter
   *[other] { $count } venter
}
desk-longest = længste ventetid
desk-ready-agents = { $count ->
    [one] { $count } agent klar
   *[other] { $count } agenter klar
}
desk-call = Opkald
desk-rings = Din telefon ringer:
desk-talks = I samtale:
desk-last-call = Seneste opkald:
desk-waited = Har ventet
desk-seconds = { $count ->
    [one] { $count } sekund
   *[other] { $count } sekunder
}
desk-open-intake = Åbn registreringen
desk-decline = Afvis
desk-withheld = Hemmeligt nummer
desk-no-call = Der er intet opkald lige nu. Når du er klar, vises næste opkalds registrering her.
desk-no-outcome = intet resultat registreret
desk-callbacks-owed = { $count ->
    [one] Vi skylder dette nummer { $count } opkald
   *[other] Vi skylder dette nummer { $count } opkald
}
desk-open-cases = { $count ->
    [0] Ingen åbne sager
    [one] { $count } åben sag
   *[other] { $count } åbne sager
}
desk-earlier = { $count ->
    [0] Ingen tidligere henvendelser
    [one] { $count } tidligere henvendelse
   *[other] { $count } tidligere henvendelser
}
desk-keys = Taster
desk-keys-list = F8 klar · F9 pause · F6 besvar · F7 læg på · Alt+M mikrofon fra · Alt+H hold og tilbage · Alt+K hvem der spørges eller stilles om til · Alt+B saml alle · Alt+U overdrag · Alt+Z afbryd · F3 ord og artikler · F4 til registreringen · F2 overtag forslaget · Alt og den viste tast, derefter Enter: afslut uden sag · Ctrl+Enter: opret sagen. Intet udløses, mens en inputmetode er i gang.

intake-title = Registrering af opkaldet
intake-saved = Gemt { $time }
intake-offline = Ikke gemt endnu – ingen forbindelse. Der prøves igen automatisk.
intake-conflict = En anden har gemt registreringen. Deres tekst står ved siden af din; det, du gemmer nu, erstatter den.
intake-outdated = En anden har føjet til registreringen. Kopiér det, du lige har skrevet, og genindlæs siden.
intake-theirs = Gemt af en anden:
intake-section-intent = Hvad drejer det sig om?
intake-section-caller = Den, der ringer
intake-section-wishes = Ønsker og samtykke
intake-section-danger = Fare
intake-section-patient = Patient
intake-section-more = Behov, dokumentation, andre veje
intake-section-closing = Inden samtalen slutter
intake-point = Klagepunkt { $ordinal }
intake-add-point = Tilføj klagepunkt
intake-unknown = spurgt, vides ikke
intake-answer-yes = ja
intake-answer-no = nej
intake-request-type = Henvendelsestype
intake-caller-name = Navn
intake-caller-anonymous = ønsker at være anonym
intake-caller-phone = Telefon til svar, hvis et andet nummer
intake-caller-email = E-mailadresse til breve
intake-caller-best-times = Bedste tidspunkt at ringe
intake-caller-relation = Forhold til patienten
intake-caller-authority = Fuldmagt eller værgemål
intake-relation-self = patienten selv
intake-relation-relative = pårørende
intake-relation-guardian = værge
intake-relation-heir = arving
intake-relation-representative = repræsentant
intake-relation-staff = ansat
intake-relation-other = anden
intake-wishes-reply = Ønsker svar
intake-wishes-confidential = Skal behandles fortroligt
intake-wishes-callback = Må ringes op bagefter
intake-wishes-message = Må lægge en besked på telefonsvareren
intake-wishes-mail = Breve må sendes med e-mail
intake-wishes-recording = Samtykker til optagelse
intake-wishes-dialogue = Ønsker dialog
intake-wishes-companion = Tager bisidder med
intake-wishes-participants = Hvem bør deltage
intake-wishes-interpreter = Tolk til
intake-wishes-accessibility = Behov i samtalen
intake-desired = Ønsket udfald
intake-desired-words = med borgerens egne ord
intake-desired-explanation = forklaring
intake-desired-apology = undskyldning
intake-desired-refund = tilbagebetaling
intake-desired-correction = rettelse
intake-desired-treatment = behandling
intake-desired-discipline = sanktion
intake-desired-learning = at andre undgår det samme
intake-desired-other = andet
intake-urgent = haster: nogen skal handle inden for en time
intake-risks = Risici
intake-risks-self-harm = selvskade
intake-risks-violence = vold
intake-risks-child = barn
intake-risks-ongoing-harm = skade pågår
intake-risks-outbreak = udbrud
intake-risks-press = presse
intake-patient-name = Patientens navn
intake-patient-age-band = Aldersgruppe
intake-patient-deceased = patienten er død
intake-patient-died-at = patienten døde (dato og klokkeslæt)
intake-evidence-record-copy = Kopi af journal
intake-evidence-receipt = Kvittering
intake-evidence-imaging = Billeder fra undersøgelser
intake-evidence-audio-video = Lyd eller video
intake-evidence-other = Anden dokumentation
intake-evidence-status-held = foreligger
intake-evidence-status-promised = lovet
intake-evidence-status-not-available = findes ikke
intake-other-routes = Andre veje, der allerede er brugt
intake-other-routes-court = domstol
intake-other-routes-mediation = mægling
intake-other-routes-petition = klage til myndighed
intake-other-routes-other-hotline = anden hotline
intake-other-routes-insurance = forsikring
intake-other-routes-compensation = erstatningssag
intake-note = Notat, højst 300 tegn
intake-route-told = borgeren er oplyst om sine muligheder
intake-read-back = læst op og bekræftet
intake-point-own-words = Hvad skete der, med borgerens egne ord
intake-point-institution = Behandlingssted
intake-point-ward = Afdeling
intake-point-happened = Hvornår
intake-point-place = Hvor
intake-point-persons = Involverede (navne er ikke nødvendige)
intake-point-payer = Hvem betaler behandlingen
intake-payer-region = regionen
intake-payer-partly-region = delvist regionen
intake-payer-self = patienten selv
intake-payer-insurance = forsikring
intake-payer-municipality = kommunen
intake-payer-unknown = vides ikke
intake-point-category = Kategori
intake-point-severity = Alvor
intake-severity-1 = 1 let
intake-severity-2 = 2 middel
intake-severity-3 = 3 alvorlig
intake-severity-4 = 4 meget alvorlig
intake-point-harm = Skade, som fortalt
intake-suggested = Forslag fra reglerne
intake-suggested-none = Så snart noget er skrevet ned, står der et forslag her.
intake-because = på grund af
intake-take = Overtag
intake-lacking = Mangler endnu
intake-complete = Der mangler intet for at oprette en sag.
intake-finish = Afslut uden sag
intake-finish-hint = Hvordan endte opkaldet?
intake-finish-do = Afslut
intake-finished = Registreringen er afsluttet.
intake-case = Opret sag
intake-as-proposed = som foreslået
intake-case-do = Opret sagen, og send den videre
intake-opened = Sagen er oprettet
intake-tell = Giv borgeren sagsnummer og pinkode, langsomt, og sig, hvornår der kommer svar.
intake-number = Sagsnummer
intake-told = Oplyst, tilbage til bordet
intake-to-case = Til sagen

missing-request-type = henvendelsestypen
missing-caller-name = navnet, eller ønsket om at være anonym
missing-read-back = oplæsning af registreringen
missing-fact-time = hvornår det skete
missing-fact-place = hvor, eller hvilket behandlingssted
missing-fact-persons = hvem der var involveret
missing-fact-content = hvad der skete

refused-intake-incomplete = Før sagen kan oprettes, mangler dette:
refused-note-long = Notatet er længere end 300 tegn
refused-wrap-up-code = Vælg, hvordan opkaldet endte
refused-agent-move = Det kan ikke lade sig gøre i din nuværende status
refused-no-phone = Din konto har ingen telefon. En administrator kan tilføje en
