-- The dialogue of a complaint as lists and reports need it. Its truth is the history of the case (case_events, kinds
-- dialogue_*); this row is written anew after every change.
--
-- verdicts: one code per point (eligible, other_track, unclear, or the ground), tasks: what is to be done, both with
-- commas. runs_out_at: when the house goes on by itself. due_at: the end of the four weeks. acknowledge_by: while the
-- authority has not acknowledged the package and nobody was told to ask.
CREATE TABLE dialogues (
    case_id TEXT NOT NULL PRIMARY KEY,
    line TEXT NOT NULL,
    stage TEXT NOT NULL,
    accepted BIGINT NOT NULL,
    eligible BIGINT NOT NULL,
    verdicts TEXT NOT NULL,
    tasks TEXT NOT NULL,
    motive TEXT,
    owner_kind TEXT,
    owner TEXT,
    region TEXT,
    department TEXT,
    received_at BIGINT,
    due_at BIGINT,
    runs_out_at BIGINT,
    appointment_at BIGINT,
    invited_at BIGINT,
    contacted_at BIGINT,
    held_at BIGINT,
    form TEXT,
    companion TEXT,
    companion_came BIGINT NOT NULL,
    site_refused BIGINT NOT NULL,
    learned BIGINT NOT NULL,
    decided TEXT,
    forward_reason TEXT,
    to_forward_at BIGINT,
    sent_at BIGINT,
    acknowledge_by BIGINT,
    answered_at BIGINT NOT NULL,
    service_day TEXT NOT NULL
);
CREATE INDEX dialogues_by_department ON dialogues (department, stage);
CREATE INDEX dialogues_running_out ON dialogues (runs_out_at) WHERE runs_out_at IS NOT NULL;
CREATE INDEX dialogues_unacknowledged ON dialogues (acknowledge_by) WHERE acknowledge_by IS NOT NULL;
CREATE INDEX dialogues_by_answer ON dialogues (answered_at);
