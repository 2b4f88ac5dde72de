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
