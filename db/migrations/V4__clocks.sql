-- The clocks of cases, as lists and the agenda need them. Which clocks run, and until when, follows from the case's
-- history and the books (laws, calendars, decrees); these rows are reckoned anew whenever either changes. Rules as in V1.

-- One clock. subject: the department of a co-handler, else empty. paused: it stands still now, and due_at is the
-- earliest that can be. warned: the share in percent at which somebody was warned last; warn_at: when next, at
-- next_percent. Percent of working time.
CREATE TABLE case_clocks (
    case_id TEXT NOT NULL,
    duty TEXT NOT NULL,
    subject TEXT NOT NULL,
    law TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    provisional BIGINT NOT NULL,
    paused BIGINT NOT NULL,
    met_at BIGINT,
    warned BIGINT NOT NULL,
    warn_at BIGINT,
    next_percent BIGINT NOT NULL,
    PRIMARY KEY (case_id, duty, subject)
);
CREATE INDEX case_clocks_by_warning ON case_clocks (warn_at) WHERE warn_at IS NOT NULL;

-- The version of a case by which its clocks were reckoned last; open cases only.
CREATE TABLE clocks_settled (
    case_id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);

-- Every reckoning that changed a clock, append-only. cause: history (something happened to the case), books (a law,
-- calendar or decree changed). due_before: nothing where the clock is new.
CREATE TABLE clock_log (
    case_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    duty TEXT NOT NULL,
    subject TEXT NOT NULL,
    law TEXT NOT NULL,
    cause TEXT NOT NULL,
    due_before BIGINT,
    due_after BIGINT NOT NULL,
    provisional BIGINT NOT NULL
);
CREATE INDEX clock_log_by_case ON clock_log (case_id, at);
