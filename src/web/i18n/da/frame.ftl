frame-name = Hotline
frame-skip = Gå til indholdet
frame-nav = Skærmbilleder
frame-language = Sprog
frame-log-out = Log ud
frame-stale = Ingen forbindelse til serveren – det viste kan være forældet
frame-back = Tilbage til hvor du var
frame-to-start = Til startsiden
frame-error-status = Status { $status }
frame-open-drafts = { $count ->
    [one] { $count } uafsluttet registrering
   *[other] { $count } uafsluttede registreringer
}
frame-save = Gem
frame-cancel = Annuller

nav-desk = Telefonbord
nav-wallboard = Driftstavle
nav-lines = Linjer
nav-cases = Sager
nav-messages = Beskeder
nav-callbacks = Opringninger
nav-reports = Rapporter
nav-more = Mere
nav-accounts = Brugerkonti
nav-conflicts = Inhabilitet

role-agent = Agent
role-handler = Sagsbehandler
role-supervisor = Leder
role-administrator = Administrator

error-sign-in = Log ind først
error-forbidden = Din rolle giver ikke adgang til dette
error-foreign-form = Formularen gælder ikke længere. Genindlæs siden, og prøv igen
error-not-found = Her er ikke noget, eller du har ikke adgang til det
error-too-long = Det er mere, end en formular kan rumme
error-unreadable = Noget i formularen kan ikke læses
error-conflict = En anden har gemt i mellemtiden. Genindlæs siden for at se ændringerne
error-unavailable = Databasen svarer ikke. Intet af det gemte er tabt; prøv igen om et øjeblik
error-broken = Der skete en fejl hos os. Den er registreret

language-zh-CN = Kinesisk
language-en = Engelsk
language-da = Dansk
