-- The investigation of a case as lists need it. Its truth is the history of the case (case_events); these rows follow
-- every change. Rules as in V1.

-- The evidence register. state: held, promised or not_available. request_due_at: while somebody was asked for it and it
-- has not come. preserve_due_at: while somebody was asked to keep it from being overwritten and nobody has said whether
-- it was. readers: codes with commas.
CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    state TEXT NOT NULL,
    holder TEXT NOT NULL,
    readers TEXT NOT NULL,
    request_due_at BIGINT,
    preserve_due_at BIGINT,
    sha256 TEXT
);
CREATE INDEX evidence_of_case ON evidence (case_id);
CREATE INDEX evidence_at_risk ON evidence (preserve_due_at) WHERE preserve_due_at IS NOT NULL;

-- What is to be put right. check_at: when it is looked at next; none once that is over.
CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    institution TEXT,
    what TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    check_at BIGINT,
    result TEXT,
    remark TEXT NOT NULL,
    planned_at BIGINT NOT NULL
);
CREATE INDEX corrections_to_check ON corrections (check_at) WHERE check_at IS NOT NULL;

-- What is to be learned from a case, without anybody's name.
CREATE TABLE learning_notes (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    institution TEXT,
    category TEXT NOT NULL,
    words TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    rule_gap TEXT NOT NULL
);
CREATE INDEX learning_notes_by_time ON learning_notes (noted_at);

-- Letters as they were issued. sheet: the text in its pieces, as JSON; sha256: of that text.
CREATE TABLE letters (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL,
    sheet TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL
);
CREATE INDEX letters_of_case ON letters (case_id);
