-- How the points of a case are coded. Rules as in V1.

-- Append-only: every code that a point was given on an axis, the point's own category among them. The newest row of an
-- axis holds; the older ones are the history. `before` is the code that it took the place of.
CREATE TABLE codings (
    point_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    axis TEXT NOT NULL,
    code TEXT NOT NULL,
    system TEXT NOT NULL,
    version TEXT NOT NULL,
    before TEXT,
    reason TEXT,
    coder TEXT NOT NULL,
    coded_at BIGINT NOT NULL,
    PRIMARY KEY (point_id, ordinal)
);
CREATE INDEX codings_by_case ON codings (case_id);

-- Points that somebody else codes once more, without knowing the first coding. done_at: none while it is under way.
CREATE TABLE second_codings (
    point_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    coder TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX second_codings_by_coder ON second_codings (coder, taken_at) WHERE done_at IS NULL;
CREATE INDEX second_codings_by_end ON second_codings (done_at);

-- The two codes of an axis, as they stood when the second coding was done.
CREATE TABLE coding_pairs (
    point_id TEXT NOT NULL,
    axis TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (point_id, axis)
);
