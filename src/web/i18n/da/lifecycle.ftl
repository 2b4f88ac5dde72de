# Hvad en sag kan blive til

case-status-arbitration = Til afgørelse
case-status-suspended = Sat i bero
case-status-in-dialogue = I dialog
case-status-audited = Gennemgået
case-status-withdrawn = Trukket tilbage
case-status-not-accepted = Ikke antaget
case-status-forwarded = Sendt til myndigheden
case-status-terminated = Afsluttet, manglende medvirken
case-status-merged = Lagt sammen
case-status-archived = Arkiveret

missing-co-handler-report = En medbehandler har endnu ikke meldt tilbage. Vent på det, eller skriv, hvorfor I svarer uden.
missing-audit = Svaret skal gennemgås.

refused-wrong-status = Det kan ikke gøres nu. Du kan gøre det, mens sagen har en af disse statusser:
refused-already-co-handler = Den afdeling hjælper allerede med sagen.
refused-lead-is-no-co-handler = Den afdeling leder sagen. Vælg en anden til at hjælpe.
refused-no-such-co-handler = Den afdeling hjælper ikke med sagen.
refused-co-handler-signed = Din afdeling har allerede kvitteret.
refused-co-handler-not-signed = Kvitter først for jeres del, og meld så tilbage.
refused-needs-words = Skriv et par ord om det.
refused-beyond-cap = Så mange enheder tillader loven ikke i alt. Bed om mindst én og højst det, der er tilbage.
refused-no-extension = Loven for denne frist tillader ingen forlængelse.
refused-extended-too-often = Fristen er forlænget så mange gange, som loven tillader.
refused-extended-too-late = Fristen var udløbet, da der blev bedt om mere tid. Svar nu, og skriv i svaret, hvorfor det kommer for sent.
refused-not-approver = Loven for denne frist giver dig ikke ret til at godkende en forlængelse. Spørg en, som den nævner.
refused-extension-pending = Der er bedt om forlængelse; en leder skal først afgøre det.
refused-no-extension-asked = Der er ikke bedt om forlængelse.
refused-nothing-asked = Klageren er ikke blevet bedt om noget. Genoptag sagen i stedet.
refused-no-termination-asked = Afdelingen har ikke bedt om at afslutte sagen. Uden det kan den ikke afsluttes her.
refused-termination-pending = Der er allerede bedt om at afslutte sagen; en leder skal afgøre det.
refused-no-audit = Skriv, hvad gennemgangen viste: En sag afsluttes kun for manglende medvirken efter en skriftlig gennemgang.
refused-no-explanation = Skriv, hvad klageren har fået forklaret, og afslut så sagen.
refused-no-statement = Skriv klagerens erklæring med egne ord. Tavshed er ikke at trække klagen tilbage.
refused-not-informed = Fortæl først klageren, hvad det betyder at trække klagen tilbage, og bekræft det her.
refused-no-authority = Skriv, hvilken myndighed sagen går til.
refused-no-package = Skriv, hvilken sagspakke der er sendt.
refused-second-dialogue = Der har været en dialog om denne klage; der er aldrig en anden.
refused-no-ground = Vælg grunden til, at den ikke antages.
refused-no-advice = Skriv, hvor klageren kan gå hen i stedet.
refused-step-taken = Dette trin i tilsynet er allerede taget.
refused-no-other-case = Skriv nummeret på den anden sag.
refused-already-together = Sagerne hører allerede sammen.
refused-not-together = Den sag er ikke lagt sammen med denne.
refused-no-points = Vælg mindst ét klagepunkt til den nye sag.
refused-last-point = Mindst ét klagepunkt skal blive i denne sag.
refused-no-person = Vælg, hvem der svarer for sagen fra nu af.

case-event-arbitration-opened = Returneringen er omstridt og forelagt lederen
case-event-co-handler-added = { $what } bedt om at hjælpe
case-event-co-handler-signed = { $what } har kvitteret som medbehandler
case-event-co-handler-reported = { $what } har meldt tilbage til den ledende afdeling
case-event-co-handler-dropped = { $what } hjælper ikke længere
case-event-suspended = Sat i bero: { $what }
case-event-resumed = Genoptaget
case-event-information-asked = Klageren er bedt om noget, senest { $what }
case-event-information-given = Klageren har givet det, der blev bedt om
case-event-extension-asked = Bedt om forlængelse: { $what }
case-event-extended = Forlænget med { $what }
case-event-extension-refused = Forlængelse afslået
case-event-audited = Svaret er gennemgået
case-event-termination-asked = Afdelingen beder om at afslutte sagen
case-event-terminated = Afsluttet for manglende medvirken, forklaret via { $what }
case-event-termination-refused = Afslutning af sagen afslået
case-event-archived = Arkiveret
case-event-withdrawn = Trukket tilbage: { $what }
case-event-forwarded = Sendt til { $what }
case-event-entered-dialogue = Overgivet til dialogen
case-event-left-dialogue = Dialogen er slut
case-event-not-accepted = Ikke antaget: { $what }
case-event-non-acceptance-reviewed = Afvisningen er efterprøvet: { $what }
case-event-reminded = Klageren spørger, hvordan det går
case-event-same-matter-told = Samme sag igen, forløbet oplyst
case-event-escalated = { $what }
case-event-supervised = Pålagt at blive behandlet
case-event-handed-over = Overdraget til { $what }
case-event-death-noted = Dødstidspunkt noteret: { $what }
case-event-autopsy-settled = Obduktion afklaret: { $what }
case-event-linked = Knyttet til sag { $what }
case-event-merged = Lagt sammen med sag { $what }
case-event-absorbed = Sag { $what } er lagt ind i denne
case-event-unmerged = Sammenlægning ophævet
case-event-released = Sag { $what } går videre for sig selv
case-event-points-split = Klagepunkter gjort til sag { $what }
case-event-refused = Afvist: { $what }

case-answer-without-report = Hvorfor I svarer uden medbehandlernes tilbagemelding
refused-date-past = Datoen er passeret. Vælg en, der endnu ikke er nået.
refused-died-at = Dødstidspunktet kan ikke læses, eller det ligger efter opkaldet. Skriv dato og klokkeslæt, eller lad feltet stå tomt.
refused-co-handler-after-lead = En medbehandler kan ikke få længere frist end den ledende afdeling. Vælg en tidligere dato.
course-owner = Svarer for sagen
course-owner-desk = linjen, endnu ingen bestemt
course-waits = Venter på grund af
course-asked = Klageren er bedt om
course-linked = Knyttet til
course-holds = Rummer sag
course-split-from = Kommer fra sag
course-co-handler = Medbehandler
course-tag-extended = Forlænget
course-tag-in-follow-up = Under opfølgning
course-tag-supervised = Under tilsyn
course-tag-extension-asked = Bedt om forlængelse
course-tag-termination-asked = Afdelingen vil afslutte
co-handler-asked = spurgt
co-handler-signed = kvitteret
co-handler-reported = meldt tilbage
stated-by-complainant = klageren
stated-by-representative = repræsentant med fuldmagt
stated-by-guardian = værge
stated-by-heir = arving
relation-same-complainant = samme klager, anden sag
relation-same-event = samme hændelse, fortalt af andre
relation-earlier = samme sag tidligere
relation-other = andet
course-extension-granted = bevilget
course-extension-refused = afslået
course-review-upheld = står ved magt
course-review-taken-up = tages op alligevel
conflict-title = I var to, der gemte sagen
conflict-theirs = Det blev gemt imens
conflict-mine = Det skrev du
conflict-keep-theirs = Lad det stå, og drop mit
conflict-save-mine = Gem også mit
course-field-words = Med ord
course-field-number = Den anden sags nummer
course-field-department = Afdeling
course-field-date = Senest
course-field-moment = Dato og klokkeslæt
course-field-pause = Hvad den venter på
course-field-units = Hvor mange enheder af fristen
course-field-decision = Afgørelse
course-field-audit = Hvad gennemgangen viste
course-field-explanation = Hvad klageren fik forklaret
course-field-channel = Hvordan
course-field-statement = Erklæring med klagerens egne ord
course-field-by = Hvem afgav erklæringen
course-field-informed = Klageren fik forinden at vide, hvad det betyder
course-field-authority = Myndighed
course-field-package = Sagspakke
course-field-ground = Grund
course-field-advice = Hvor klageren kan gå hen i stedet (tomt: grundens råd)
course-field-person = Person
course-field-relation = Hvordan de hører sammen
course-field-point = Klagepunkt
course-carried = punkter ført med: { $count }
course-field-carry = Punkter, der føres med til den anden sag (ingen valgt: ingen)
course-field-reason = Begrundelse
course-field-remark = Bemærkning
course-field-note = Notat
course-field-kind = Art
course-field-category = Kategori
course-field-route = Klagevej
course-field-finding = Vurdering
course-field-outcome = Udfald
course-field-without-report = Hvorfor uden tilbagemelding
course-arbitrate = Forelæg returneringen for lederen
course-add-co-handler = Bed en anden afdeling om hjælp
course-co-handler-sign = Kvitter for vores del
course-co-handler-report = Meld tilbage til den ledende afdeling
course-drop-co-handler = Fritag en medbehandler
course-suspend = Sæt i bero
course-resume = Genoptag
course-ask-complainant = Bed klageren om noget
course-complainant-gave = Klageren gav det
course-extend = Bed om forlængelse
course-approve-extension = Afgør forlængelsen
course-audit = Gennemgå svaret: godkendt
course-ask-termination = Bed om at afslutte, manglende medvirken
course-terminate = Afslut for manglende medvirken
course-refuse-termination = Afslå at afslutte
course-waive-follow-up = Intet opfølgende opkald ønsket
course-archive = Arkivér
course-withdraw = Klageren trækker klagen tilbage
course-forward = Send til myndigheden
course-refuse-acceptance = Antag ikke
course-review-non-acceptance = Efterprøv afvisningen
course-remind = Klageren spørger, hvordan det går
course-record-same-matter = Samme sag, intet nyt: forløb oplyst
course-supervise = Pålæg behandling
course-hand-over = Overdrag til en anden
course-note-death = Notér, hvornår patienten døde
course-hint-note-death = Loven regner 48 timer til en obduktion fra dødsfaldet, ikke fra opkaldet. Spørg efter tidspunktet, også hvor det var forkert.
course-settle-autopsy = Afklar obduktionen
course-hint-settle-autopsy = Skriv, hvad det blev til, og hvem der fik fristen at vide. Fristen slutter hermed.
autopsy-outcome-carried-out = foretaget
autopsy-outcome-declined = fravalgt af de pårørende, som kender fristen
autopsy-outcome-not-disputed = dødsårsagen er ikke omstridt
autopsy-outcome-too-late = for sent
course-link = Knyt til en anden sag
course-merge = Læg sammen med en anden sag
course-release = Ophæv sammenlægning
course-split = Gør et klagepunkt til egen sag
course-hint-suspend = Fristen står stille, hvis loven tillader grunden.
course-hint-ask-complainant = Sagen venter, til det er der; fristen står stille.
course-hint-withdraw = Tavshed er ikke at trække klagen tilbage. Fortæl først, hvad det betyder, og skriv så ordene ned.
course-hint-merge = Sagens nummer fører derefter til den anden. Det kan fortrydes.
course-hint-refuse-acceptance = En leder kan efterprøve det; det tælles med.
course-hint-terminate = Kun efter en skriftlig gennemgang og en forklaring til klageren.
course-hint-remind = Det hører til denne sag og bliver ikke en ny.
course-tag-reminders = { $count ->
    [one] Rykket én gang
   *[other] Rykket { $count } gange
 }
case-units-working-day = { $count ->
    [one] { $count } arbejdsdag
   *[other] { $count } arbejdsdage
}
case-units-calendar-day = { $count ->
    [one] { $count } dag
   *[other] { $count } dage
}
case-units-week = { $count ->
    [one] { $count } uge
   *[other] { $count } uger
}
case-units-year = { $count ->
    [one] { $count } år
   *[other] { $count } år
}
case-units-hour = { $count ->
    [one] { $count } time
   *[other] { $count } timer
}
case-units-working-hour = { $count ->
    [one] { $count } åbningstime
   *[other] { $count } åbningstimer
}
