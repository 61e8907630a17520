-- Reason: 通知公告, 操作指南 and 咨询电话 are kept by the staff, and administrators make the accounts of reviewers.

CREATE TABLE notice (
    id TEXT COLLATE "C" PRIMARY KEY,
    province TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    published_on DATE NOT NULL,
    valid_to DATE,
    is_published BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    author_id TEXT NOT NULL REFERENCES staff (id),
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX notice_list ON notice (province, kind, published_on, id);

-- A row wins over provinces/data/bureaus.csv, also where it is empty.
CREATE TABLE bureau_contact (
    province TEXT NOT NULL,
    bureau TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    hours TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES staff (id),
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (province, bureau)
);

-- An account that waits for its own password: one token at a time, gone once it was used.
CREATE TABLE staff_activation (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    token_hash BYTEA NOT NULL UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX staff_list ON staff (province, bureau, login);
