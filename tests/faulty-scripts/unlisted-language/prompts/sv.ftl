welcome = Välkommen.
