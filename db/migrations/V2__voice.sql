-- What the telephone side keeps besides calls and turns: consents and listenings, versions of scripts, the ways that
-- calls walked. Rules as in V1.

-- ---------------------------------------------------------------- recordings

-- What a caller said to being recorded, append-only; per call and purpose the last row counts. answer: told, given,
-- refused, withdrawn. how: key (pressed in the menu), voice (said to an agent). recorded_by: the agent, where one did.
CREATE TABLE recording_consents (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    answer TEXT NOT NULL,
    text_version TEXT NOT NULL,
    how TEXT NOT NULL,
    at BIGINT NOT NULL,
    recorded_by TEXT
);
CREATE INDEX recording_consents_by_call ON recording_consents (call_id, at);

-- Who listened to a recording, from when to when; seconds: how much was played, where the browser told.
CREATE TABLE listenings (
    id TEXT NOT NULL PRIMARY KEY,
    recording_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    seconds BIGINT
);
CREATE INDEX listenings_by_recording ON listenings (recording_id, began_at);

-- ---------------------------------------------------------------- scripts

-- Text of the lines' scripts by version: a call keeps the one it began with, over a restart too.
CREATE TABLE script_versions (
    line TEXT NOT NULL,
    version TEXT NOT NULL,
    adopted_at BIGINT NOT NULL,
    sources TEXT NOT NULL,
    PRIMARY KEY (line, version)
);

-- The newer text that was last refused, until one is adopted. diagnostics: one finding a line.
CREATE TABLE script_refusals (
    line TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    at BIGINT NOT NULL,
    diagnostics TEXT NOT NULL
);

-- ---------------------------------------------------------------- walks

-- How many calls went each way of a script, by service day; counted once per call after its end. from_node is empty
-- where calls begin. No personal data: these rows stay when the turns are forgotten.
CREATE TABLE walks (
    line TEXT NOT NULL,
    service_day TEXT NOT NULL,
    script_version TEXT NOT NULL,
    from_node TEXT NOT NULL,
    way TEXT NOT NULL,
    to_node TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (line, service_day, script_version, from_node, way, to_node)
);

-- How many calls came to each node, and how many of them the caller ended there.
CREATE TABLE walked_nodes (
    line TEXT NOT NULL,
    service_day TEXT NOT NULL,
    script_version TEXT NOT NULL,
    node TEXT NOT NULL,
    reached BIGINT NOT NULL,
    hung_up BIGINT NOT NULL,
    PRIMARY KEY (line, service_day, script_version, node)
);

-- ---------------------------------------------------------------- call control

-- Telephones that a document dialled for a call, as the provider tells of them.
CREATE TABLE call_legs (
    provider TEXT NOT NULL,
    provider_call_id TEXT NOT NULL,
    call_id TEXT NOT NULL,
    answered_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (provider, provider_call_id)
);
CREATE INDEX call_legs_by_call ON call_legs (call_id);

-- Conversations that were led out of their dial: each leg goes on by itself. caller: where the caller is wanted, held
-- (alone, with music), room (with everybody else) or away (with whom the call was put through to).
-- agent_id, agent_leg: who holds the call, and on which leg of the provider's; nobody where it was handed to a number.
-- agent_in_at: when that leg came to the room. branch, step: the turn that dialled; behind it the script goes on.
CREATE TABLE call_rooms (
    call_id TEXT NOT NULL PRIMARY KEY,
    branch BIGINT NOT NULL,
    step BIGINT NOT NULL,
    caller TEXT NOT NULL,
    agent_id TEXT,
    agent_leg TEXT,
    agent_in_at BIGINT,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX call_rooms_open ON call_rooms (closed_at);

-- Every wish to bring somebody else to a call. kind: consult (asked first) or blind. outcome, once there is one:
-- completed, no-answer, busy, failed, cancelled (by the agent), left (who was asked hung up), caller-left.
-- leg: the provider's id of the call that was placed for it; a blind one is dialled by the caller's own document.
CREATE TABLE call_transfers (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL,
    line TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_agent TEXT NOT NULL,
    to_number TEXT NOT NULL,
    to_agent TEXT,
    to_department TEXT,
    leg TEXT,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    joined_at BIGINT,
    ended_at BIGINT,
    outcome TEXT
);
CREATE INDEX call_transfers_by_call ON call_transfers (call_id, asked_at);
CREATE INDEX call_transfers_by_time ON call_transfers (asked_at);

-- Articles that were told to a caller: which version, in which language, by whom. Told twice is told once.
CREATE TABLE told_articles (
    contact_id TEXT NOT NULL,
    article TEXT NOT NULL,
    version BIGINT NOT NULL,
    language TEXT NOT NULL,
    told_by TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (contact_id, article, version)
);
