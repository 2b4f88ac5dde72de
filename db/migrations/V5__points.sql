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

-- Draws of points for a second coding, with all that is needed to draw the same again: seed, period (by receipt), category
-- ('' for all), how many were asked ("count 20", "share 10"), how many there were, and the SHA-256 of their ids in order.
CREATE TABLE coding_samples (
    id TEXT NOT NULL PRIMARY KEY,
    drawn_by TEXT NOT NULL,
    drawn_at BIGINT NOT NULL,
    coder TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    category TEXT NOT NULL,
    asked TEXT NOT NULL,
    seed BIGINT NOT NULL,
    population BIGINT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX coding_samples_by_time ON coding_samples (drawn_at);

-- How many points of each category there were for a draw, and how many of them were drawn.
CREATE TABLE coding_strata (
    sample_id TEXT NOT NULL,
    category TEXT NOT NULL,
    population BIGINT NOT NULL,
    drawn BIGINT NOT NULL,
    PRIMARY KEY (sample_id, category)
);

-- Points that somebody else codes once more, without knowing the first coding. done_at: none while it is under way;
-- returned_at: given back uncoded by `coder`, until it is given to another.
CREATE TABLE second_codings (
    point_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    sample_id TEXT NOT NULL,
    coder TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    returned_at BIGINT,
    done_at BIGINT
);
CREATE INDEX second_codings_by_coder ON second_codings (coder, taken_at) WHERE done_at IS NULL;
CREATE INDEX second_codings_by_end ON second_codings (done_at);
CREATE INDEX second_codings_by_sample ON second_codings (sample_id);

-- The two codes of an axis, as they stood when the second coding was done, each with the version of its list; and what a
-- supervisor decided where they differ.
CREATE TABLE coding_pairs (
    point_id TEXT NOT NULL,
    axis TEXT NOT NULL,
    first TEXT NOT NULL,
    first_version TEXT NOT NULL,
    second TEXT NOT NULL,
    second_version TEXT NOT NULL,
    decided TEXT,
    decided_version TEXT,
    decided_by TEXT,
    decided_at BIGINT,
    decided_reason TEXT,
    PRIMARY KEY (point_id, axis)
);
CREATE INDEX coding_pairs_undecided ON coding_pairs (point_id) WHERE decided_at IS NULL AND first <> second;

-- Every code that a second coder gave, also on axes that the first left open. Never changed.
CREATE TABLE second_codes (
    point_id TEXT NOT NULL,
    axis TEXT NOT NULL,
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (point_id, axis)
);
