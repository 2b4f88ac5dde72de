welcome = Welcome. In danger of life, press 9. For a person, press 0.
main-menu = For a person, press 1. To end the call, press 2.
waiting = You are number { $position }. { $minutes } minutes.
hold-on = Please stay on the line.
survey = Please score us from 1 to 5.
emergency = We are connecting you to 1 1 2.
nothing-heard = We did not receive a key.
not-understood = That key has no meaning here.
apology = We are sorry, something went wrong.
unavailable = Please dial { $number }.
goodbye Goodbye.
