-- Who must not see a case: people with an interest in an institution, and people who were recused from one case.
-- Rules as in V1.

-- An interest of somebody with an account in an institution: it employs or employed him, or somebody near to him.
CREATE TABLE interests (
    person_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    declared_at BIGINT NOT NULL,
    declared_by TEXT NOT NULL,
    PRIMARY KEY (person_id, institution)
);

-- Somebody keeps out of one case, by his own word, by the complainant's wish or by a supervisor's.
CREATE TABLE recusals (
    case_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    recused_at BIGINT NOT NULL,
    recused_by TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id)
);
CREATE INDEX recusals_by_person ON recusals (person_id);

-- Whom a case complains, or complained, of, point by point; also what came with another case. institution: a code of the
-- directory, or what was told, or empty. origin: the case whose complaint it is, for undoing a merger.
CREATE TABLE accused (
    case_id TEXT NOT NULL,
    point_id TEXT NOT NULL,
    institution TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (case_id, point_id, institution)
);
CREATE INDEX accused_by_point ON accused (point_id);

-- What a row of the audit trail is about, thing by thing: written with the row, only to find it again. first: 1 for the first thing of its
-- kind in the row.
CREATE TABLE audit_about (
    thing TEXT NOT NULL,
    kind TEXT NOT NULL,
    first BIGINT NOT NULL,
    at BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    PRIMARY KEY (thing, ordinal)
);
CREATE INDEX audit_about_by_thing ON audit_about (thing, at, ordinal);
CREATE INDEX audit_about_by_kind ON audit_about (kind, at, ordinal) WHERE first = 1;
