login-title = Log ind
login-login = Brugernavn
login-password = Adgangskode
login-submit = Log ind
refused-login = Brugernavn eller adgangskode er forkert. Efter ti forkerte forsøg spærres kontoen i 15 minutter

setup-title = Opret den første konto
setup-intro = Denne konto administrerer de øvrige. Linket hertil virker kun én gang.
setup-submit = Opret kontoen

accounts-name = Navn
accounts-role = Rolle
accounts-department = Afdeling
accounts-department-hint = Skal angives for sagsbehandlere: de ser sagerne i deres egen afdeling.
accounts-phone = Telefon eller lokalnummer
accounts-actions = Handlinger
accounts-disabled = spærret
accounts-disable = Spær
accounts-enable = Ophæv spærring
accounts-set-password = Ny adgangskode
accounts-password-of = Ny adgangskode til { $name }
accounts-set = Gem
accounts-add = Opret konto
accounts-password-hint = Mindst 10 tegn. Nogle ord efter hinanden er nemme at huske.

refused-login-form = Et brugernavn består af 1 til 64 bogstaver, cifre eller tegnene . - _ @
refused-login-taken = Brugernavnet er optaget
refused-name-missing = Angiv et navn på højst 100 tegn
refused-password-short = Adgangskoden skal være på mindst 10 tegn
refused-handler-without-department = En sagsbehandler skal have en afdeling
refused-unknown-department = Afdelingen findes ikke i registret
refused-disable-oneself = Du kan ikke spærre din egen konto
