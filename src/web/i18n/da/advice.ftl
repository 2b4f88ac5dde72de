advice-title = Ord og artikler
advice-search = Søg
advice-hint = Skriv, og gå med ↓ og ↑ fra den ene til den næste; Esc folder sammen. Ingen af dem er en grund til at afvise et opkald: den, der er oprevet, bliver hørt alligevel.
advice-fault = Det kunne ikke hentes; prøv igen.
advice-count = { $count ->
    [0] Intet fundet. Prøv et andet ord eller færre.
    [one] { $count } fundet
   *[other] { $count } fundet
}
advice-say = Sig
advice-do = Gør
advice-call = Ring
advice-danger = Fare
advice-source = Kilde: { $source }
advice-phrases = Ord til svære samtaler
advice-articles = Værd at vide: artikler
advice-suggested = passer til kategorien
advice-told = fortalt
advice-tell = Fortalt til den, der ringer
advice-own = På dit sprog
advice-told-list = Fortalt til den, der ringer
advice-told-version = { $title } (version { $version })
advice-no-limit = den gældende frist
