-- Cleaning, the false-550 protection, and what the hygiene pages count.
CREATE TYPE "quarantine_state" AS ENUM ('held', 'accepted', 'bounced', 'released');

ALTER TABLE "tenant" ADD COLUMN "is_cleaning_enforced" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "rate_max" REAL,
ADD COLUMN "source_pool" TEXT NOT NULL DEFAULT 'default',
ADD COLUMN "weight" REAL NOT NULL DEFAULT 1;

ALTER TABLE "recipient" ADD COLUMN "last_accepted_at" TIMESTAMPTZ(3);
ALTER TABLE "delivery" ADD COLUMN "is_known_good" BOOLEAN NOT NULL DEFAULT false;
-- Rows that are there already get this transaction's: the first rollup counts them all.
ALTER TABLE "delivery_event" ADD COLUMN "tx" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint;
CREATE INDEX "delivery_event_tx_idx" ON "delivery_event"("tx");

CREATE TABLE "quarantine" (
    "tenant_id" UUID NOT NULL,
    "delivery_id" BIGINT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempt" SMALLINT NOT NULL,
    "code" SMALLINT,
    "text" TEXT NOT NULL,
    "was_cleaned" BOOLEAN NOT NULL DEFAULT false,
    "was_bounced" BOOLEAN NOT NULL DEFAULT false,
    "state" "quarantine_state" NOT NULL DEFAULT 'held',
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("tenant_id","delivery_id")
);
CREATE INDEX "quarantine_tenant_id_at_idx" ON "quarantine"("tenant_id", "at");
CREATE INDEX "quarantine_held_idx" ON "quarantine"("source", "domain") WHERE (state = 'held'::quarantine_state);
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_tenant_id_delivery_id_fkey" FOREIGN KEY ("tenant_id", "delivery_id") REFERENCES "delivery"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "veto_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "site" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "domains" TEXT[],
    "tenant_id" UUID,
    "from_state" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "figures" JSONB NOT NULL DEFAULT '{}',
    "probe_at" TIMESTAMPTZ(3),
    "quarantine_since" TIMESTAMPTZ(3),
    "quarantined" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "veto_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "veto_event_site_source_at_idx" ON "veto_event"("site", "source", "at");
CREATE INDEX "veto_event_at_idx" ON "veto_event"("at");

CREATE TABLE "mailbox_full" (
    "tenant_id" UUID NOT NULL,
    "email_key" TEXT NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_delivery_id" BIGINT NOT NULL,

    CONSTRAINT "mailbox_full_pkey" PRIMARY KEY ("tenant_id","email_key")
);
ALTER TABLE "mailbox_full" ADD CONSTRAINT "mailbox_full_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "hygiene_day" (
    "tenant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "domain" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "disposition" "disposition" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "hygiene_day_pkey" PRIMARY KEY ("tenant_id","campaign_id","day","domain","category","disposition")
);
CREATE INDEX "hygiene_day_tenant_id_day_idx" ON "hygiene_day"("tenant_id", "day");
ALTER TABLE "hygiene_day" ADD CONSTRAINT "hygiene_day_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "hygiene_tenant_day" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "hard_bounced" INTEGER NOT NULL DEFAULT 0,
    "unknown_users" INTEGER NOT NULL DEFAULT 0,
    "blocked" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "full" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "hygiene_tenant_day_pkey" PRIMARY KEY ("tenant_id","day")
);
ALTER TABLE "hygiene_tenant_day" ADD CONSTRAINT "hygiene_tenant_day_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "hygiene_progress" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "tx" BIGINT NOT NULL,

    CONSTRAINT "hygiene_progress_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "cleaning_floor" (
    "domain" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cleaning_floor_pkey" PRIMARY KEY ("domain")
);


-- What Prisma does not know.

ALTER TABLE "tenant" ADD CONSTRAINT "tenant_weight" CHECK (weight > 0 AND weight <= 100);
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_rate_max" CHECK (rate_max > 0);
ALTER TABLE "cleaning_floor" ADD CONSTRAINT "cleaning_floor_reason" CHECK (reason <> '');
ALTER TABLE "hygiene_progress" ADD CONSTRAINT "hygiene_progress_one_row" CHECK (id = 1);
INSERT INTO "hygiene_progress" ("tx") VALUES (((pg_current_xact_id())::text)::bigint);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['quarantine', 'veto_event', 'mailbox_full', 'hygiene_day', 'hygiene_tenant_day'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I TO hikyaku_app USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
    EXECUTE format('CREATE POLICY every_tenant ON %I TO hikyaku_staff, hikyaku_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

GRANT USAGE ON SEQUENCE "veto_event_id_seq" TO hikyaku_staff, hikyaku_worker;
GRANT SELECT ON "quarantine", "veto_event", "hygiene_day", "hygiene_tenant_day", "mailbox_full", "cleaning_floor" TO hikyaku_app, hikyaku_staff, hikyaku_worker;
-- As everywhere, a decision is written down once and for all.
GRANT INSERT ON "veto_event" TO hikyaku_staff, hikyaku_worker;
GRANT INSERT, UPDATE ON "quarantine", "hygiene_day", "hygiene_tenant_day", "mailbox_full" TO hikyaku_worker;
GRANT DELETE ON "mailbox_full" TO hikyaku_worker;
GRANT UPDATE (state, decided_at) ON "quarantine" TO hikyaku_staff;
GRANT SELECT, UPDATE ON "hygiene_progress" TO hikyaku_worker;
GRANT SELECT ON "hygiene_progress" TO hikyaku_staff;
GRANT INSERT, UPDATE, DELETE ON "cleaning_floor" TO hikyaku_staff;
