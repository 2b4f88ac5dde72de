# Sagens klagepunkter: hvad der tilføjes, frafaldes, kodes og kodes igen.
case-event-point-coded = Kodet: { $what }
case-event-point-coded-twice = Kodet igen af en anden
case-event-point-added = Klagepunkt tilføjet: { $what }
case-event-point-dropped = Klagepunkt frafaldet: { $what }
refused-point-known = Sagen har allerede dette klagepunkt.
refused-last-standing-point = Det sidste klagepunkt kan ikke frafaldes. Er der intet tilbage af klagen, så registrér, at den trækkes tilbage.
refused-already-coded = Klagepunktet har en kategori. Skal den ændres, så kod om, og skriv hvorfor.
refused-nothing-changed = Intet er ændret: vælg en anden kode end den, der står der.
