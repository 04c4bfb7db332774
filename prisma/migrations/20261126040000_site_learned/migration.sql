-- What was learned of a site from one source: one row a field, so that each has its own reason, moment and end.
CREATE TABLE "site_learned" (
    "site" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "mx_host" TEXT NOT NULL DEFAULT '',
    "field" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "learned_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "site_learned_pkey" PRIMARY KEY ("site","source","mx_host","field")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "site_learned" TO hikyaku_worker;
GRANT SELECT, DELETE ON "site_learned" TO hikyaku_staff;
