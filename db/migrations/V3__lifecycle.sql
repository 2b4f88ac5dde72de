-- Departments that help the lead of a case (协办). state: asked, signed, reported; ended_at: dropped, or the case went
-- on to another lead or another round.
CREATE TABLE co_handlers (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    department TEXT NOT NULL,
    task TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT,
    asked_at BIGINT NOT NULL,
    signed_at BIGINT,
    reported_at BIGINT,
    report TEXT,
    ended_at BIGINT
);
CREATE INDEX co_handlers_by_case ON co_handlers (case_id, asked_at);
CREATE INDEX co_handlers_by_department ON co_handlers (department, due_at) WHERE ended_at IS NULL;
