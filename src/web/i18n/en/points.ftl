# Points of a case: what is added, dropped, coded, coded again.
case-event-point-coded = Coded: { $what }
case-event-point-coded-twice = Coded a second time by another person
case-event-point-added = Point added: { $what }
case-event-point-dropped = Point dropped: { $what }
refused-point-known = The case has this point already.
refused-last-standing-point = The last point cannot be dropped. If nothing is left of the complaint, record the withdrawal.
refused-already-coded = The point has a category. To change it, code it anew and say why.
refused-nothing-changed = Nothing was changed: choose another code than the one that stands.
