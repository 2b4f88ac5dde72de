# Lighedsrapporten
report-equity = Lighedsrapport
report-equity-about = Hvad der blev af sagerne efter sprog, kanal, region, linje, henvendelsestype, kategori eller uge: ikke antaget, besvaret til tiden, medhold, løst, tilfreds. En gruppe, det går anderledes end alle andre ud over det tilfældige, nævnes under oversigten.
report-table-gaps = Grupper, det går anderledes end alle andre (sikkert på { $confidence } %)
report-column-language = Sprog
report-column-channel = Kanal
report-column-status = Status
report-column-compared-by = Sammenlignet efter
report-column-group = Gruppe
report-column-figure = Tal
report-column-of-group = I denne gruppe
report-column-of-others = Hos alle andre
report-channel-call = Telefonopkald
report-channel-message = Indtalt besked
report-channel-page = Hjemmeside
report-channel-web = Internettet
report-channel-open311 = Open311
report-channel-api = Et andet program
figure-cases-received = Modtaget
figure-cases-received-formula = sager modtaget i perioden
figure-cases-refused = Ikke antaget
figure-cases-refused-formula = heraf ikke antaget med en kodet grund
figure-cases-ended-otherwise = Endt på anden måde
figure-cases-ended-otherwise-formula = heraf trukket tilbage, afbrudt, samlet med en anden sag, sendt videre eller lagt væk uden svar
figure-cases-answered = Besvaret
figure-cases-answered-formula = heraf har afdelingen svaret
figure-cases-open = Åben
figure-cases-open-formula = heraf intet af dette endnu
figure-answer-days = Dage til svaret
figure-answer-days-formula = den midterste værdi af dage fra modtagelse til svar, blandt de besvarede
figure-refused-rate = Afvist
figure-refused-rate-formula = ikke antaget ÷ modtaget. Færre end { $few-cases } giver ingen procent
figure-answered-in-time-rate = Besvaret til tiden
figure-answered-in-time-rate-formula = besvaret inden fristen ÷ besvaret, eller åben efter fristen
figure-upheld-rate = Medhold
figure-upheld-rate-formula = mindst ét punkt med helt eller delvist medhold ÷ besvaret med en vurdering
figure-asked-rate = Spurgt bagefter
figure-asked-rate-formula = sagde ved opfølgningen, om det er løst ÷ besvaret
figure-found-solved-rate = Løst
figure-found-solved-rate-formula = sagde “løst” ÷ sagde, om det er løst
figure-found-satisfied-rate = Tilfreds
figure-found-satisfied-rate-formula = karakter på { $satisfied } eller mere ÷ alle, der gav en karakter
figure-came-back-rate = Genåbnet
figure-came-back-rate-formula = genåbnet mindst én gang ÷ besvaret
report-note-confidence = Vises med sikkerhed på

# Where rules are wanting
course-field-rule-gap = Hvilken regel mangler eller slår ikke til
learning-rule-gap = Manglende regel: { $gap }

# New themes
report-themes = Nye temaer
report-themes-about = Hvad der kommer oftere end ventet efter tiden før, efter kategori, behandlingssted eller region, og hvor en regel viste sig at mangle: til dem, der laver regler. Udskriv den som notat til dem; den nævner ingen.
report-table-rule-gaps = Hvor en regel mangler eller ikke slår til
report-column-category-institution = Kategori og behandlingssted
report-column-category-region = Kategori og region
report-column-theme-new = Er det nyt?
report-column-rule-gap = Manglende regel
report-theme-new = nyt
report-theme-usual = som ellers
figure-theme-points = Punkter
figure-theme-points-formula = klagepunkter modtaget i perioden
figure-theme-callers = Borgere
figure-theme-callers-formula = forskellige telefonnumre blandt dem; en sag uden nummer tæller som sin egen
figure-theme-before = Før
figure-theme-before-formula = punkter modtaget i de { $stretches } lige så lange stykker før perioden
figure-theme-expected = Ventet
figure-theme-expected-formula = før ÷ { $stretches }
figure-theme-chance = Sandsynlighed pr. 100.000
figure-theme-chance-formula = hvor mange af 100.000 perioder der ville have så mange punkter eller flere, hvis intet var ændret (Poisson). Nyt: under { $chance }, fortalt af mindst { $callers } borgere
reports-new-themes = { $count ->
    [0] Intet nyt tema de seneste 30 dage
    [one] Ét nyt tema de seneste 30 dage
   *[other] { $count } nye temaer de seneste 30 dage
}

# Figures for everybody
report-publication = Tal til offentliggørelse
report-publication-about = Sager modtaget efter kategori og region, og hvad hver afdeling afsluttede til tiden, for hele måneder. Små tal er udeladt, og så mange andre, at ingen kan regne dem ud: tabellerne kan hænges op, som de er.
report-table-completion = Afsluttede videresendelser efter afdeling
report-published-done-on-time = Til tiden
report-published-done-late = For sent
report-published-returned-or-taken-back = Returneret eller trukket tilbage
report-published-open = Åben
report-withheld = udeladt
report-note-withheld = Udeladt for at beskytte tal under
