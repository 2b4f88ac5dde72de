# Lines: the list
lines-title = Lines
lines-about = How calls go through the script of each line, and where callers hang up.
lines-calls-today = Calls today
lines-hung-up-today = Hung up on the way today

# Lines: one line
line-name = Line
line-title = Line { $line }
line-version = script version
line-period = Period
line-period-1 = Today
line-period-7 = 7 days
line-period-30 = 30 days
line-picture = The script of line { $line } as a picture, with the number of calls that went each way
line-calls = { $calls ->
    [one] { $calls } call
   *[other] { $calls } calls
}
line-elsewhere = { $calls ->
    [one] { $calls } call went ways that the newest version no longer has, or was led on by a fault.
   *[other] { $calls } calls went ways that the newest version no longer has, or were led on by a fault.
}
line-given-up = Where callers hang up
line-given-up-nobody = Nobody hung up on the way.
line-node = Node
line-reached = Came
line-hung-up = Hung up
line-share = Share
line-now = On the line now
line-now-nobody = Nobody is on the line.
line-ways = All ways as a table
line-begin = (call begins)
line-way = Key or way
line-way-from = From
line-way-to = To
line-way-calls = Calls

# Lines: words of the picture
graph-kind-say = says
graph-kind-menu = menu
graph-kind-collect = digits
graph-kind-record = message
graph-kind-branch = decides
graph-kind-lookup = look-up
graph-kind-enqueue = queue
graph-kind-callback = callback
graph-kind-transfer = call transfer
graph-kind-survey = survey
graph-kind-language = language
graph-kind-hangup = goodbye
graph-begin = calls begin here
graph-everywhere = From every node that waits
graph-again = asked again
graph-hung-up = hung up here
graph-now = here now
graph-way-repeat = said again
graph-way-no-input = silence
graph-way-invalid = wrong key
graph-way-person = 0, a person
graph-way-emergency = emergency
graph-way-next = goes on
graph-way-start = start
graph-way-open = open
graph-way-closed = closed
graph-way-yes = yes
graph-way-no = no
graph-way-otherwise = otherwise
graph-way-served = answered
graph-way-nobody = nobody there
graph-way-failed = not reached
graph-way-too-many = too many tries
graph-way-down = records out of reach
graph-way-without-recording = no message can be recorded
graph-way-trouble = fault
