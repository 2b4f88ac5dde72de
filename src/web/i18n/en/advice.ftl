advice-title = Phrases and articles
advice-search = Search
advice-hint = Type, then ↓ and ↑ from one to the next, Esc to fold it up. No phrase is a ground for refusing a call: who is upset is heard all the same.
advice-fault = They could not be fetched; try again.
advice-count = { $count ->
    [0] Nothing found. Try another word, or fewer.
    [one] { $count } found
   *[other] { $count } found
}
advice-say = Say
advice-do = Do
advice-call = Call
advice-danger = Danger
advice-source = Source: { $source }
advice-phrases = Phrases for hard talks
advice-articles = Worth knowing: articles
advice-suggested = fits the category
advice-told = told
advice-tell = Told the caller
advice-own = In your language
advice-told-list = Told the caller
advice-told-version = { $title } (version { $version })
advice-no-limit = the time limit in force
