apology = Beklager.
unavailable = Ring { $number }.
nothing-heard = Intet hørt.
not-understood = Ikke forstået.
main-menu = Tryk 1 eller 0.
again = Igen.
goodbye = Farvel.
