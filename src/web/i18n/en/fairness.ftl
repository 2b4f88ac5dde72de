# The equity report
report-equity = Equity report
report-equity-about = What became of cases by language, channel, region, line, request type, category or week: refused, answered in time, upheld, solved, satisfied. A group that fares otherwise than all others by more than chance explains is named below the overview.
report-table-gaps = Groups that fare otherwise than all others (sure to { $confidence }%)
report-column-language = Language
report-column-channel = Channel
report-column-status = Status
report-column-compared-by = Compared by
report-column-group = Group
report-column-figure = Figure
report-column-of-group = In this group
report-column-of-others = In all others
report-channel-call = Telephone call
report-channel-message = Recorded message
report-channel-page = Web page
report-channel-web = Web
report-channel-open311 = Open311
report-channel-api = Another program
figure-cases-received = Received
figure-cases-received-formula = cases received in the period
figure-cases-refused = Not accepted
figure-cases-refused-formula = of these, not accepted on a coded ground
figure-cases-ended-otherwise = Ended otherwise
figure-cases-ended-otherwise-formula = of these, withdrawn, terminated, merged, forwarded or put away without an answer
figure-cases-answered = Answered
figure-cases-answered-formula = of these, the department has answered
figure-cases-open = Open
figure-cases-open-formula = of these, none of it yet
figure-answer-days = Days to the answer
figure-answer-days-formula = middle value of the days from receipt to answer, among those answered
figure-refused-rate = Refused
figure-refused-rate-formula = not accepted ÷ received. Fewer than { $few-cases } give no percentage
figure-answered-in-time-rate = Answered in time
figure-answered-in-time-rate-formula = answered by the limit ÷ answered, or open past the limit
figure-upheld-rate = Upheld
figure-upheld-rate-formula = at least one point upheld in whole or part ÷ answered with a finding
figure-asked-rate = Asked afterwards
figure-asked-rate-formula = said at a follow-up whether it is solved ÷ answered
figure-found-solved-rate = Solved
figure-found-solved-rate-formula = said “solved” ÷ said whether it is solved
figure-found-satisfied-rate = Satisfied
figure-found-satisfied-rate-formula = score of { $satisfied } or more ÷ all who gave a score
figure-came-back-rate = Reopened
figure-came-back-rate-formula = reopened at least once ÷ answered
report-note-confidence = Shown when sure to

# Where rules are wanting
course-field-rule-gap = Which rule is missing or does not do
learning-rule-gap = Rule wanting: { $gap }

# New themes
report-themes = New themes
report-themes-about = What comes in more often than the time before lets expect, by category, institution or region, and where a rule was found wanting: for those who make rules. Print it as a note to them; it names nobody.
report-table-rule-gaps = Where a rule is missing or does not do
report-column-category-institution = Category and institution
report-column-category-region = Category and region
report-column-theme-new = Is it new?
report-column-rule-gap = Rule wanting
report-theme-new = new
report-theme-usual = as usual
figure-theme-points = Points
figure-theme-points-formula = points of complaint received in the period
figure-theme-callers = Callers
figure-theme-callers-formula = different telephone numbers among them; a case without a number counts as a caller of its own
figure-theme-before = Before
figure-theme-before-formula = points received in the { $stretches } stretches of the same length before the period
figure-theme-expected = Expected
figure-theme-expected-formula = before ÷ { $stretches }
figure-theme-chance = Chance per 100,000
figure-theme-chance-formula = how many of 100,000 periods would have so many points or more if nothing had changed (Poisson). New: below { $chance }, told by at least { $callers } callers
reports-new-themes = { $count ->
    [0] No new theme in the last 30 days
    [one] One new theme in the last 30 days
   *[other] { $count } new themes in the last 30 days
}

# Figures for everybody
report-publication = Figures for publication
report-publication-about = Cases received by category and region, and what each department completed in time, for whole months. Small numbers are withheld, with as many others as it takes that nobody can reckon them: these tables may be hung out as they are.
report-table-completion = Dispatches completed, by department
report-published-done-on-time = On time
report-published-done-late = Late
report-published-returned-or-taken-back = Returned or taken back
report-published-open = Open
report-withheld = withheld
report-note-withheld = Withheld to protect numbers below
