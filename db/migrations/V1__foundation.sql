-- The first schema, one text for SQLite and PostgreSQL (db/README.md says which SQL is portable).
-- Instants are BIGINT milliseconds UTC, ids are TEXT made by us, a day is TEXT YYYY-MM-DD in the line's zone.
-- A column named *_at that is NULL means: has not happened.

-- Values that outlive a process: the sealing key, the set-up state.
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

-- ---------------------------------------------------------------- the telephone

-- One row per call, written when it begins and when something lasting changes; where the walk stands is in
-- turns. status: the provider's word, end states sticky. language_mark: the turn that chose the language.
CREATE TABLE calls (
    id TEXT NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    provider_call_id TEXT NOT NULL,
    line TEXT NOT NULL,
    direction TEXT NOT NULL,
    caller TEXT,
    dialled TEXT NOT NULL,
    language TEXT,
    language_mark BIGINT NOT NULL,
    script_version TEXT,
    status TEXT,
    status_sequence BIGINT,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    talk_seconds BIGINT,
    emergency_at BIGINT,
    service_day TEXT NOT NULL,
    walks_counted_at BIGINT,
    UNIQUE (provider, provider_call_id)
);
CREATE INDEX calls_uncounted ON calls (id) WHERE walks_counted_at IS NULL;
CREATE INDEX calls_by_caller ON calls (caller, started_at);
CREATE INDEX calls_open ON calls (started_at) WHERE ended_at IS NULL;

-- One row per turn: what happened, what was answered, and where the call then stood. A repeated hook bumps
-- `seen` and gets the same answer. Branch 0 is the caller's own walk; the house opens others. walked: the ways that
-- the turn took, as JSON.
CREATE TABLE turns (
    call_id TEXT NOT NULL,
    branch BIGINT NOT NULL,
    step BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    reply TEXT NOT NULL,
    state TEXT NOT NULL,
    walked TEXT NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (call_id, branch, step)
);

-- Status hooks as they came, by the provider's word for the status; late and repeated ones change nothing.
CREATE TABLE call_statuses (
    provider TEXT NOT NULL,
    provider_call_id TEXT NOT NULL,
    status TEXT NOT NULL,
    sequence BIGINT,
    at BIGINT NOT NULL,
    seconds BIGINT,
    seen BIGINT NOT NULL,
    PRIMARY KEY (provider, provider_call_id, status)
);

-- What the caller chose or keyed; the latest turn wins, whatever the order of arrival.
CREATE TABLE notes (
    call_id TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    branch BIGINT NOT NULL,
    step BIGINT NOT NULL,
    PRIMARY KEY (call_id, key)
);

-- A message left on a recording, and who took it on. url: where the provider keeps it. callback_id: the call back that was promised with it, none
-- where the number is withheld. contact_id: the record that it is written down in.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL,
    branch BIGINT NOT NULL,
    step BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    url TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    at BIGINT NOT NULL,
    callback_id TEXT,
    taken_by TEXT,
    taken_at BIGINT,
    contact_id TEXT,
    recording_id TEXT,
    UNIQUE (call_id, branch, step)
);
CREATE INDEX messages_waiting ON messages (at) WHERE taken_at IS NULL;
CREATE INDEX messages_taken ON messages (taken_at);
CREATE INDEX messages_by_contact ON messages (contact_id);
CREATE INDEX messages_by_callback ON messages (callback_id);
CREATE INDEX messages_by_recording ON messages (recording_id);

-- A recording: what a caller left, or a piece of a conversation. The provider tells of it early, late, twice or never;
-- rows are merged by the provider's id or address of it. purpose: message, documentation, training. state: promised,
-- fetching, kept, absent, failed, erased. control: where the desk holds a conversation's (recording, paused, stopped).
-- place: our own file, relative to the shelf. drop_at: the provider's copy is to be deleted. counted_from: where the
-- days until it is erased begin. held_at: a legal hold stops erasure.
CREATE TABLE recordings (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL,
    contact_id TEXT,
    provider TEXT NOT NULL,
    provider_id TEXT,
    url TEXT,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    control TEXT,
    consent_id TEXT,
    seconds BIGINT,
    media_type TEXT,
    bytes BIGINT,
    sha256 TEXT,
    place TEXT UNIQUE,
    fault TEXT,
    tries BIGINT NOT NULL,
    next_try_at BIGINT,
    drop_at BIGINT,
    drop_tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    counted_from BIGINT NOT NULL,
    kept_at BIGINT,
    erased_at BIGINT,
    held_at BIGINT,
    held_why TEXT,
    UNIQUE (provider, provider_id)
);
CREATE INDEX recordings_by_call ON recordings (call_id);
CREATE INDEX recordings_by_contact ON recordings (contact_id);
CREATE INDEX recordings_to_fetch ON recordings (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX recordings_to_drop ON recordings (drop_at) WHERE drop_at IS NOT NULL;
CREATE INDEX recordings_kept ON recordings (counted_from) WHERE erased_at IS NULL;
CREATE INDEX recordings_troubled ON recordings (created_at) WHERE fault IS NOT NULL;

CREATE TABLE survey_answers (
    call_id TEXT NOT NULL,
    question TEXT NOT NULL,
    score BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (call_id, question)
);

-- Wrong tries at the progress look-up, per caller (hashed) and line, in windows.
CREATE TABLE lookup_tries (
    who TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (who, window_start)
);

-- ---------------------------------------------------------------- people

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    department TEXT,
    phone TEXT,
    language TEXT NOT NULL,
    password TEXT NOT NULL,
    failed_tries BIGINT NOT NULL,
    locked_until BIGINT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);

-- Server-side sessions: the browser holds the token, we hold its SHA-256.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);

-- ---------------------------------------------------------------- queue and desk

-- place_at is the ordering key: the moment of first queueing, kept through callbacks.
-- state: waiting, offered, talking, ended. outcome: answered, abandoned, moved_to_callback, nobody_there.
-- visit: conversations that the call had before; who asks for a person again after one stands in the queue anew.
CREATE TABLE queue_entries (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL,
    visit BIGINT NOT NULL,
    line TEXT NOT NULL,
    queue TEXT NOT NULL,
    language TEXT NOT NULL,
    caller TEXT,
    priority BIGINT NOT NULL,
    place_at BIGINT NOT NULL,
    entered_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    answered_at BIGINT,
    agent_id TEXT,
    ended_at BIGINT,
    outcome TEXT,
    service_day TEXT NOT NULL,
    UNIQUE (call_id, visit)
);
CREATE INDEX queue_entries_open ON queue_entries (place_at) WHERE ended_at IS NULL;
CREATE INDEX queue_entries_by_day ON queue_entries (service_day);

-- state: ringing, answered, missed, declined, withdrawn. branch is the walk it was fetched into.
CREATE TABLE offers (
    id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    phone TEXT NOT NULL,
    branch BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX offers_by_entry ON offers (entry_id);
CREATE INDEX offers_open ON offers (expires_at) WHERE ended_at IS NULL;

-- state: offline, ready, ringing, talking, wrap_up, break, not_responding.
CREATE TABLE agents (
    person_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT,
    since BIGINT NOT NULL,
    idle_since BIGINT NOT NULL,
    offer_id TEXT,
    call_id TEXT
);

CREATE TABLE agent_periods (
    person_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (person_id, since)
);

-- One conversation or message, with or without a case. outcome is the wrap-up code. entry_id: the visit to the queue
-- that led to it.
CREATE TABLE contacts (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT,
    entry_id TEXT UNIQUE,
    channel TEXT NOT NULL,
    line TEXT NOT NULL,
    caller TEXT,
    language TEXT,
    agent_id TEXT,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    request_type TEXT,
    outcome TEXT,
    note TEXT,
    case_id TEXT,
    service_day TEXT NOT NULL
);
CREATE INDEX contacts_by_call ON contacts (call_id);
CREATE INDEX contacts_by_caller ON contacts (caller, started_at);
CREATE INDEX contacts_by_day ON contacts (service_day);

-- The intake draft: a row from the moment the call is offered; fields is the form as JSON.
CREATE TABLE intakes (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL UNIQUE,
    agent_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    fields TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    finished_at BIGINT,
    case_id TEXT
);
CREATE INDEX intakes_unfinished ON intakes (agent_id) WHERE finished_at IS NULL;

-- ---------------------------------------------------------------- cases

CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    pin TEXT NOT NULL,
    line TEXT NOT NULL,
    profile TEXT NOT NULL,
    contact_id TEXT,
    request_type TEXT NOT NULL,
    severity BIGINT NOT NULL,
    urgent BIGINT NOT NULL,
    confidential BIGINT NOT NULL,
    status TEXT NOT NULL,
    department TEXT,
    complainant TEXT,
    phone TEXT,
    language TEXT NOT NULL,
    intake TEXT NOT NULL,
    law TEXT,
    received_at BIGINT NOT NULL,
    due_at BIGINT,
    answered_at BIGINT,
    feedback_at BIGINT,
    route_notice_at BIGINT,
    closed_at BIGINT,
    reopened BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    service_day TEXT NOT NULL,
    list_order BIGINT NOT NULL,
    phone_tail TEXT
);
CREATE INDEX cases_by_phone ON cases (phone);
CREATE INDEX cases_by_phone_tail ON cases (phone_tail);
CREATE INDEX cases_by_status ON cases (status, list_order);
CREATE INDEX cases_by_department ON cases (department, list_order);
CREATE INDEX cases_open_by_department ON cases (department, list_order) WHERE closed_at IS NULL;
CREATE INDEX cases_by_order ON cases (list_order, id);
CREATE INDEX cases_by_day ON cases (service_day);
CREATE INDEX cases_by_receipt ON cases (received_at);

CREATE TABLE points (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    institution TEXT,
    place TEXT,
    persons TEXT,
    happened TEXT,
    own_words TEXT NOT NULL,
    category TEXT NOT NULL,
    suggested TEXT,
    coder TEXT NOT NULL,
    finding TEXT,
    outcome TEXT,
    outcome_kind TEXT,
    payer TEXT,
    harm TEXT,
    category_version TEXT NOT NULL,
    no_dialogue BIGINT NOT NULL,
    dropped_at BIGINT,
    drop_reason TEXT,
    from_case TEXT,
    from_point TEXT
);
CREATE INDEX points_by_case ON points (case_id, ordinal);
CREATE INDEX points_by_original ON points (from_point) WHERE from_point IS NOT NULL;

-- Append-only: what was done to a case, by whom, when.
CREATE TABLE case_events (
    case_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (case_id, ordinal)
);

-- state: sent, signed, returned, answered, superseded.
CREATE TABLE dispatches (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    department TEXT NOT NULL,
    rule TEXT NOT NULL,
    strength TEXT NOT NULL,
    override_reason TEXT,
    sent_by TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    sign_due_at BIGINT,
    due_at BIGINT,
    law TEXT,
    state TEXT NOT NULL,
    signed_at BIGINT,
    signed_by TEXT,
    returned_at BIGINT,
    return_reason TEXT,
    answered_at BIGINT,
    answered_by TEXT,
    service_day TEXT NOT NULL
);
CREATE INDEX dispatches_by_case ON dispatches (case_id, ordinal);
CREATE INDEX dispatches_by_department ON dispatches (department, state);
CREATE INDEX dispatches_by_day ON dispatches (service_day);

CREATE TABLE investigation_steps (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    dispatch_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX investigation_steps_by_case ON investigation_steps (case_id, at);

-- ---------------------------------------------------------------- callbacks

-- state: due, dialling, done, parked, cancelled. place_at: the queue place a queue callback keeps.
CREATE TABLE callbacks (
    id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    line TEXT NOT NULL,
    case_id TEXT,
    call_id TEXT,
    phone TEXT NOT NULL,
    language TEXT NOT NULL,
    wish TEXT,
    law TEXT,
    place_at BIGINT,
    promised_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    next_at BIGINT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_by TEXT,
    outcome TEXT,
    contacted BIGINT,
    solved BIGINT,
    satisfaction BIGINT,
    note TEXT,
    done_at BIGINT,
    done_by TEXT,
    created_at BIGINT NOT NULL,
    service_day TEXT NOT NULL
);
CREATE INDEX callbacks_open ON callbacks (next_at) WHERE done_at IS NULL;
CREATE INDEX callbacks_by_case ON callbacks (case_id);
CREATE INDEX callbacks_by_phone ON callbacks (phone) WHERE done_at IS NULL;
CREATE INDEX callbacks_by_day ON callbacks (service_day);

-- channel: provider (dialled through the carrier, agent first) or manual (worked by hand).
CREATE TABLE attempts (
    id TEXT NOT NULL PRIMARY KEY,
    callback_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    channel TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    provider_call_id TEXT,
    intended_at BIGINT NOT NULL,
    dialled_at BIGINT,
    ended_at BIGINT,
    outcome TEXT,
    note TEXT
);
CREATE INDEX attempts_by_callback ON attempts (callback_id, ordinal);
CREATE INDEX attempts_by_provider_call ON attempts (provider_call_id);
CREATE INDEX attempts_by_intent ON attempts (intended_at);

-- ---------------------------------------------------------------- accountability

-- Append-only; each row carries the hash of the one before.
CREATE TABLE audit (
    ordinal BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    reason TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at, ordinal);
CREATE INDEX audit_by_actor ON audit (actor, at, ordinal);
CREATE INDEX audit_by_action ON audit (action, at, ordinal);

-- ---------------------------------------------------------------- calls that were perhaps placed

-- Written before a provider is asked for a call; asked after by listing the provider's calls until it is known whether
-- there is one. Never placed again. asked: lists read so far.
CREATE TABLE unclear_calls (
    attempt_id TEXT NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    to_number TEXT NOT NULL,
    from_number TEXT NOT NULL,
    since BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    ask_at BIGINT NOT NULL
);
CREATE INDEX unclear_calls_due ON unclear_calls (ask_at);
