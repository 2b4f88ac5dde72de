-- The doors to the internet: mails and one-time links, files handed in, complaints from the web, programs as clients.

-- The outbox: a mail is written down before it is sent, and sent by the agenda. state: waiting, sending, sent, failed,
-- dropped. It carries a link about a dispatch, or a letter. facts, JSON: with a link, what it may say; with a letter, what
-- goes out, word for word. sealed: the token of its link, encrypted; gone once the mail is sent. fault: why it was not sent.
CREATE TABLE mails (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    case_id TEXT NOT NULL,
    dispatch_id TEXT,
    link_id TEXT,
    letter_id TEXT,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    facts TEXT NOT NULL,
    sealed TEXT,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_try_at BIGINT,
    fault TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    CHECK ((dispatch_id IS NOT NULL AND link_id IS NOT NULL AND letter_id IS NULL)
        OR (dispatch_id IS NULL AND link_id IS NULL AND letter_id IS NOT NULL))
);
CREATE INDEX mails_due ON mails (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX mails_troubled ON mails (created_at) WHERE fault IS NOT NULL;
CREATE INDEX mails_by_dispatch ON mails (dispatch_id, created_at);
CREATE INDEX mails_with_letters ON mails (case_id, created_at) WHERE letter_id IS NOT NULL;
CREATE INDEX mails_by_day ON mails (created_at);

-- One-time links. The reader holds the token (or the short code that is read out), we hold its SHA-256. acts: what may
-- be done, separated by blanks. used_at: it was used up, by used_for.
CREATE TABLE links (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    acts TEXT NOT NULL,
    case_id TEXT NOT NULL,
    dispatch_id TEXT,
    department TEXT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_for TEXT
);
CREATE INDEX links_by_dispatch ON links (dispatch_id);
CREATE INDEX links_by_case ON links (case_id, created_at);

-- Files handed in. giver: complainant, department or person. state: kept, quarantined, erased. place: our own file,
-- relative to the shelf. sight: hotline (only there) or department (also who handles the case).
CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    link_id TEXT,
    giver TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    place TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    scan TEXT NOT NULL,
    sight TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX attachments_by_case ON attachments (case_id, at);
CREATE INDEX attachments_by_link ON attachments (link_id);

-- Complaints that came in by the web: page, api or open311. public_id: what an Open311 client calls it; it tells
-- nothing. address, lat, long, media_url: as the client gave them.
CREATE TABLE web_reports (
    contact_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE,
    public_id TEXT NOT NULL UNIQUE,
    door TEXT NOT NULL,
    client TEXT,
    service TEXT,
    address TEXT,
    lat DOUBLE PRECISION,
    long DOUBLE PRECISION,
    media_url TEXT,
    received_at BIGINT NOT NULL,
    taken_by TEXT,
    taken_at BIGINT
);
CREATE INDEX web_reports_waiting ON web_reports (received_at) WHERE taken_at IS NULL;
CREATE INDEX web_reports_taken ON web_reports (taken_at);
CREATE INDEX web_reports_by_client ON web_reports (client, received_at);

-- The first answer to a request with an idempotency key; the same request again gets the same answer. digest: of what
-- was asked. status: none while the first one is being answered.
CREATE TABLE remembered_answers (
    client TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    status BIGINT,
    body TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (client, key)
);
CREATE INDEX remembered_answers_by_age ON remembered_answers (at);
