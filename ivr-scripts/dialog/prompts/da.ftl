# Dialog om din klage, dansk. Skrevet til øret: korte sætninger, først hvad, så hvilken tast.

welcome = Velkommen til Dialog om din klage. Er der fare for liv, så tryk 9, så stiller vi dig om til 1 1 2.
main-menu = Vil du høre, hvad en dialog er, så tryk 1. Vil du høre, hvornår du ikke kan få en dialog, så tryk 2. Vil du i kontakt med et regionalt patientkontor, så tryk 3. Har du haft en dialog, og skal du beslutte, om du vil trække din klage tilbage eller fastholde den, så tryk 4. Vil du i kontakt med Styrelsen for Patientklager, så tryk 5. Vil du tale med en medarbejder, kan du når som helst trykke 0. Vil du høre det igen, så tryk stjerne.

what = En dialog er for dig, der har oplevet en behandling, du ikke er tilfreds med. Måske har du spørgsmål, der aldrig blev besvaret. Måske vil du bare gerne høre personalet forklare, hvorfor de gjorde, som de gjorde. Samtidig får sundhedsvæsenet mulighed for at lære af det, så andre patienter ikke oplever det samme. Vil du høre, hvordan en dialog foregår, så tryk 1. Vil du høre, hvem du kan tage med, så tryk 2. Vil du høre, hvad der sker bagefter, så tryk 3. Tilbage til hovedmenuen, tryk 4.
how = Hvis du har sagt ja til en dialog, og den er mulig i din klage, bliver du kontaktet af regionen eller behandlingsstedet. Det er dem, der bestemmer, hvordan dialogen skal foregå: ved et møde eller over telefonen. Som regel deltager nogle af dem, der har behandlet dig. Det kan også være andre, for eksempel en fra afdelingens ledelse. Du har krav på én dialog, også selv om du klager over flere behandlingssteder. Har du ombestemt dig og ønsker ikke en dialog alligevel, så tryk 1. Vil du høre, hvem du kan tage med, så tryk 2. Vil du høre, hvad der sker bagefter, så tryk 3. Tilbage til hovedmenuen, tryk 4.
decline = Ønsker du alligevel ikke en dialog, skal du kontakte regionen. Fortæl samtidig, om du vil fastholde din klage. Din klage bortfalder ikke af sig selv. Regionen sender derefter de oplysninger videre, som er nødvendige for, at din klage kan blive behandlet. Vil du stilles om til regionens patientkontor, så tryk 1. Tilbage til hovedmenuen, tryk 4.
support = Du må gerne tage en pårørende eller en ven med. Det kan være en fordel at have en med, som lytter og hjælper med at huske, hvad der bliver sagt. Du kan også bruge Danske Patienters gratis bisidderordning. Bisidderne er frivillige. De kan gå med dig, lytte og støtte dig i at få svar på det, du ønsker. Din regionale patientvejleder kan hjælpe dig med at få kontakt til en bisidder, og kan fortælle, hvordan en dialog foregår netop i din region. Vil du stilles om til dit regionale patientkontor, så tryk 1. Tilbage til hovedmenuen, tryk 4.
after = Når dialogen er holdt, skal du beslutte, om du vil trække din klage tilbage, eller om du vil fastholde den. Fastholder du den, kan du ændre den: Du kan udvide klagen, eller du kan frafalde dele af den. Vil du give besked om din beslutning nu, så tryk 1. Tilbage til hovedmenuen, tryk 4.

exceptions = Du kan ikke få en dialog i fem tilfælde: hvis du selv har betalt for behandlingen, hvis en sundhedsforsikring har betalt den, hvis behandlingen blev udført af hjemmeplejen eller på et plejehjem i en kommune, hvis du klager over brud på tavshedspligten, eller hvis du klager over journalføring. Det skyldes, at en dialog kun er mulig for sundhedsfaglig behandling, som regionen helt eller delvis har betalt. Din klage kan stadig behandles. Vil du høre, hvad du kan gøre i stedet, så tryk 1. Tilbage til hovedmenuen, tryk 4.
instead = Du kan selv kontakte behandlingsstedet og bede om en samtale. Du behøver ikke vente på nogen for at gøre det. Er du i tvivl, kan dit regionale patientkontor vejlede dig: Tryk 1. Tilbage til hovedmenuen, tryk 4.

decide = Vil du trække din klage tilbage, så tryk 1. Vil du fastholde din klage, så tryk 2. Vil du fastholde den, men udvide den eller frafalde dele af den, så tryk 3. Er du ikke færdig med at tænke dig om, sker der ikke noget: Din klage består. Tilbage til hovedmenuen, tryk 4.
withdraw = Trækker du klagen tilbage, bliver den ikke behandlet videre. Derfor skal du sige det til en medarbejder, som fortæller dig, hvad det betyder, og skriver din beslutning ned.
maintain = Din klage bliver behandlet videre. En medarbejder skriver din beslutning ned.
change = En medarbejder gennemgår din klage med dig og skriver ned, hvad der skal tilføjes, og hvad der skal udgå.

offices = Hvilken region drejer det sig om? Nordjylland, tryk 1. Midtjylland, tryk 2. Syddanmark, tryk 3. Sjælland, tryk 4. Hovedstaden, tryk 5.
office-nordjylland = Patientkontoret i Region Nordjylland har telefon { $number }. Vi stiller dig om nu.
office-midtjylland = Patientkontoret i Region Midtjylland har telefon { $number }. Vi stiller dig om nu.
office-syddanmark = Patientkontoret i Region Syddanmark har telefon { $number }. Vi stiller dig om nu.
office-sjaelland = Patientvejledningen i Region Sjælland har telefon { $number }. Vi stiller dig om nu.
office-hovedstaden = I Region Hovedstaden er der et patientkontor på hvert hospital. Du finder telefonnummeret på regionens hjemmeside, eller ved at ringe til hospitalet. Vil du have en medarbejder til at finde det for dig, så tryk 0. Tilbage til hovedmenuen, tryk 4.
authority = Du kan læse mere på Styrelsen for Patientklagers hjemmeside, stpk punktum dk, eller skrive til stpk, snabel-a, stpk punktum dk. Vil du ringe til styrelsen, så tryk 1. Tilbage til hovedmenuen, tryk 4.
authority-call = Styrelsen for Patientklager har telefon { $number }. Vi stiller dig om nu.
office-busy = Der var ikke forbindelse til patientkontoret. Vi stiller dig om til en af vores egne medarbejdere.

connecting = Vi stiller dig om til en medarbejder. Bliv venligst i røret.
waiting =
    { $position ->
        [1] Du er den næste.
       *[other] Der er andre før dig. Du er nummer { $position } i køen.
    }{ $minutes ->
        [0] {""}
        [one] {" "}Ventetiden er cirka et minut.
       *[other] {" "}Ventetiden er cirka { $minutes } minutter.
    }
hold-on = Tak, fordi du venter. Bliv venligst i røret.
offer-callback = Vil du hellere ringes op, når det bliver din tur, så tryk 1.

callback-confirm = Vi ringer dig op, og du beholder din plads i køen. Skal vi ringe til det nummer, du ringer fra, så tryk 1. Skal vi ringe til et andet nummer, så tryk 2.
callback-number = Tast det nummer, vi skal ringe til, og slut med firkant.
callback-read-back = Du har tastet: { $number }. Er det rigtigt, så tryk 1. Vil du taste det igen, så tryk 2.
callback-promised = Tak, det er noteret. Du beholder din plads, og vi ringer, når det bliver din tur.

all-busy = Der er desværre ingen medarbejdere, der kan tage telefonen lige nu.
out-of-hours =
    Vi har desværre lukket lige nu. { $next_open_day ->
        [today] Vi åbner igen i dag { TIME($next_open) }.
        [tomorrow] Vi åbner igen i morgen { TIME($next_open) }.
        [unknown] {""}
       *[later] Vi åbner igen { DATE($next_open) } { TIME($next_open) }.
    }
closed-menu = Vil du lægge en besked, så tryk 1, så ringer vi til dig, når vi åbner. Vil du høre mere om dialog, så tryk 4.
voicemail = Læg din besked efter tonen. Sig dit navn, dit telefonnummer og kort, hvad det drejer sig om. Sig ikke dit CPR-nummer. Slut med firkant. Er der fare for liv, så tryk 9, også mens du taler.
instead-of-a-message = Der kan ikke lægges besked på denne forbindelse. Vi ringer i stedet til dig, når vi åbner. Skal vi ringe til det nummer, du ringer fra nu, så tryk 1. Skal vi ringe til et andet nummer, så tryk 2.
voicemail-thanks-instead = Tak, det er noteret. Vi ringer til dig, når vi åbner.
voicemail-thanks = Tak. Din besked er gemt, og vi ringer til dig, når vi åbner.

emergency = Vi stiller dig om til alarmcentralen. Bliv i røret. Vær klar til at sige, hvor du er, og hvad der er sket.
emergency-failed = Der var ikke forbindelse til alarmcentralen. Læg på, og ring selv 1 1 2 med det samme. Kan du ikke det, så bliv i røret, så hjælper en medarbejder dig.

nothing-heard = Vi hørte ikke noget tastetryk.
not-understood = Den tast bruger vi ikke her.
apology = Der gik desværre noget galt hos os. Vi stiller dig om til en medarbejder.
unavailable = Vores system virker desværre ikke lige nu. Vi stiller dig om til et andet nummer: { $number }. Får du ikke forbindelse, så ring selv til det nummer.
systems-down = Vores systemer virker desværre ikke lige nu, og vi kan ikke se køen. Tryk 1 for at lægge en besked, så ringer vi til dig. Eller bliv i røret, så stiller vi dig om til et andet nummer.
elsewhere = Vi stiller dig om til et andet nummer: { $number }. Får du ikke forbindelse, så ring selv til det nummer.
goodbye = Tak for dit opkald. Farvel.
