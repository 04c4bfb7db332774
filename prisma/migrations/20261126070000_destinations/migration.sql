-- What workers are doing at each site now, how fast it went in each hour, and who holds which part of a shared cap.
ALTER TABLE "campaign_lane" ADD COLUMN "deferred_share" REAL,
ADD COLUMN "pace" REAL,
ADD COLUMN "pace_at" TIMESTAMPTZ(3);

CREATE TABLE "site_status" (
    "site" TEXT NOT NULL,
    "lane_id" BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "worker" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sessions_open" INTEGER NOT NULL,
    "sessions_opening" INTEGER NOT NULL,
    "sessions_window" INTEGER NOT NULL,
    "sessions_cap" INTEGER NOT NULL,
    "accepted_per_second" REAL NOT NULL,
    "answered_per_second" REAL NOT NULL,
    "deferred_share" REAL,
    "queued" INTEGER NOT NULL,
    "back_off_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL,
    "trouble" TEXT,
    "trouble_at" TIMESTAMPTZ(3),
    "limits" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "site_status_pkey" PRIMARY KEY ("site","lane_id")
);

CREATE TABLE "site_hour" (
    "site" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "deferred" BIGINT NOT NULL DEFAULT 0,
    "bounced" BIGINT NOT NULL DEFAULT 0,
    "busy_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "site_hour_pkey" PRIMARY KEY ("site","source","hour")
);

CREATE TABLE "site_domain" (
    "domain" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "site_domain_pkey" PRIMARY KEY ("domain")
);
CREATE INDEX "site_domain_site_idx" ON "site_domain"("site");

CREATE TABLE "site_share" (
    "site" TEXT NOT NULL,
    "lane_id" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "want" INTEGER NOT NULL,
    "granted" INTEGER NOT NULL,

    CONSTRAINT "site_share_pkey" PRIMARY KEY ("site","lane_id")
);

-- What Prisma does not know.
GRANT SELECT, INSERT, UPDATE, DELETE ON "site_status", "site_hour", "site_domain", "site_share" TO hikyaku_worker;
GRANT SELECT ON "site_status", "site_hour", "site_domain", "site_share" TO hikyaku_staff;
GRANT SELECT ON "site_hour", "site_domain" TO hikyaku_app;
