-- Reason: 获取单位信息 looks employers up by their code; what a bureau has approved is known from then on.

CREATE TABLE employer (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    confirmed_at TIMESTAMPTZ NOT NULL
);
