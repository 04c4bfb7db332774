-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "campaign_kind" AS ENUM ('regular', 'test');

-- CreateEnum
CREATE TYPE "campaign_state" AS ENUM ('draft', 'scheduled', 'launching', 'running', 'paused', 'finished', 'cancelled');

-- CreateEnum
CREATE TYPE "delivery_mode" AS ENUM ('one_to_one', 'bulk');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('waiting', 'sending', 'accepted', 'bounced', 'expired', 'cancelled', 'unknown');

-- CreateEnum
CREATE TYPE "disposition" AS ENUM ('accepted', 'deferred', 'bounced', 'unknown');

-- CreateEnum
CREATE TYPE "import_kind" AS ENUM ('recipients', 'suppressions');

-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('uploading', 'mapping', 'queued', 'running', 'finished', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "suppression_reason" AS ENUM ('unsubscribed', 'bounced', 'complained', 'manual', 'imported');

-- CreateEnum
CREATE TYPE "tenant_status" AS ENUM ('active', 'suspended');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('owner', 'admin', 'editor', 'viewer');

-- CreateEnum
CREATE TYPE "link_kind" AS ENUM ('reset', 'invite');

-- CreateTable
CREATE TABLE "template" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "template_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "campaign_kind" NOT NULL DEFAULT 'regular',
    "name" TEXT NOT NULL,
    "state" "campaign_state" NOT NULL DEFAULT 'draft',
    "mode" "delivery_mode" NOT NULL DEFAULT 'one_to_one',
    "list_id" UUID,
    "template_id" UUID,
    "from_name" TEXT NOT NULL DEFAULT '',
    "from_email" TEXT NOT NULL DEFAULT '',
    "test_email" TEXT,
    "test_fields" JSONB,
    "content" JSONB,
    "start_at" TIMESTAMPTZ(3),
    "window" JSONB NOT NULL,
    "expiry_hours" INTEGER NOT NULL DEFAULT 24,
    "total" INTEGER,
    "excluded" JSONB NOT NULL DEFAULT '{}',
    "launch_cursor" BIGINT NOT NULL DEFAULT 0,
    "rescan_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "launched_at" TIMESTAMPTZ(3),
    "reopened_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lane" (
    "id" BIGSERIAL NOT NULL,
    "site" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "owner" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "lane_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_lane" (
    "tenant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "lane_id" BIGINT NOT NULL,
    "next_due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_lane_pkey" PRIMARY KEY ("tenant_id","campaign_id","lane_id")
);

-- CreateIndex
CREATE INDEX "campaign_lane_lane_id_idx" ON "campaign_lane"("lane_id");

-- CreateTable
CREATE TABLE "delivery" (
    "tenant_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" UUID NOT NULL,
    "recipient_id" BIGINT NOT NULL,
    "lane_id" BIGINT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "state" "delivery_state" NOT NULL DEFAULT 'waiting',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "epoch" INTEGER,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "category" TEXT,
    "code" SMALLINT,
    "enhanced" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "delivery_event" (
    "tenant_id" UUID NOT NULL,
    "delivery_id" BIGINT NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "campaign_id" UUID NOT NULL,
    "lane_id" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "mx_host" TEXT NOT NULL,
    "mx_address" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "transaction" INTEGER NOT NULL,
    "mode" "delivery_mode" NOT NULL,
    "phase" TEXT NOT NULL,
    "code" SMALLINT,
    "enhanced" TEXT,
    "text" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "disposition" "disposition" NOT NULL,
    "envelope_ms" INTEGER,
    "dot_ms" INTEGER,
    "size_bytes" INTEGER NOT NULL,
    "tls" TEXT,

    CONSTRAINT "delivery_event_pkey" PRIMARY KEY ("tenant_id","delivery_id","attempt","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "site_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lane_id" BIGINT,
    "site" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "mx_host" TEXT NOT NULL,
    "mx_address" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "code" SMALLINT,
    "text" TEXT NOT NULL,
    "category" TEXT NOT NULL,

    CONSTRAINT "site_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "site_profile" (
    "site" TEXT NOT NULL,
    "sessions_max" INTEGER,
    "recipients_max" INTEGER,
    "transactions_max" INTEGER,
    "quirks" JSONB NOT NULL DEFAULT '{}',
    "is_paused_by_staff" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL DEFAULT '',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID,

    CONSTRAINT "site_profile_pkey" PRIMARY KEY ("site")
);

-- CreateTable
CREATE TABLE "list" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "columns" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "list_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "recipient" (
    "tenant_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "list_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "last_import_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recipient_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "list_import" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "list_id" UUID,
    "kind" "import_kind" NOT NULL DEFAULT 'recipients',
    "state" "import_state" NOT NULL DEFAULT 'uploading',
    "filename" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "encoding" TEXT,
    "delimiter" TEXT,
    "mapping" JSONB,
    "done_records" INTEGER NOT NULL DEFAULT 0,
    "done_bytes" BIGINT NOT NULL DEFAULT 0,
    "new_count" INTEGER NOT NULL DEFAULT 0,
    "updated_count" INTEGER NOT NULL DEFAULT 0,
    "duplicate_count" INTEGER NOT NULL DEFAULT 0,
    "refused_count" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "list_import_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_chunk" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("tenant_id","import_id","seq")
);

-- CreateTable
CREATE TABLE "import_refusal" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "import_refusal_pkey" PRIMARY KEY ("tenant_id","import_id","line")
);

-- CreateTable
CREATE TABLE "suppression" (
    "tenant_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "reason" "suppression_reason" NOT NULL,
    "source_delivery_id" BIGINT,
    "source_attempt" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),
    "released_by" UUID,
    "release_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "status" "tenant_status" NOT NULL DEFAULT 'active',
    "is_cleaning_on" BOOLEAN NOT NULL DEFAULT true,
    "window" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "password_hash" TEXT NOT NULL DEFAULT '',
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "is_staff" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("tenant_id","user_id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "link_kind" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sender_domain" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "domain" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sender_domain_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tenant_id" UUID,
    "actor_id" UUID,
    "is_staff" BOOLEAN NOT NULL DEFAULT false,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "campaign_tenant_id_created_at_idx" ON "campaign"("tenant_id", "created_at");

-- CreateIndex
CREATE INDEX "campaign_state_start_at_idx" ON "campaign"("state", "start_at");

-- CreateIndex
CREATE UNIQUE INDEX "lane_site_source_key" ON "lane"("site", "source");

-- CreateIndex
CREATE INDEX "delivery_campaign_id_lane_id_id_idx" ON "delivery"("campaign_id", "lane_id", "id");

-- CreateIndex
CREATE INDEX "delivery_tenant_id_email_key_idx" ON "delivery"("tenant_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_tenant_id_campaign_id_recipient_id_key" ON "delivery"("tenant_id", "campaign_id", "recipient_id");

-- CreateIndex
CREATE INDEX "delivery_event_at_idx" ON "delivery_event" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "site_event_site_at_idx" ON "site_event"("site", "at");

-- CreateIndex
CREATE INDEX "recipient_tenant_id_list_id_id_idx" ON "recipient"("tenant_id", "list_id", "id");

-- CreateIndex
CREATE INDEX "recipient_tenant_id_email_key_idx" ON "recipient"("tenant_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "recipient_tenant_id_list_id_email_key_key" ON "recipient"("tenant_id", "list_id", "email_key");

-- CreateIndex
CREATE INDEX "list_import_tenant_id_list_id_idx" ON "list_import"("tenant_id", "list_id");

-- CreateIndex
CREATE INDEX "suppression_tenant_id_email_key_idx" ON "suppression"("tenant_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "suppression_active_key" ON "suppression"("tenant_id", "email_key") WHERE (released_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_token_hash_key" ON "one_time_link"("token_hash");

-- CreateIndex
CREATE INDEX "one_time_link_user_id_idx" ON "one_time_link"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sender_domain_tenant_id_domain_key" ON "sender_domain"("tenant_id", "domain");

-- CreateIndex
CREATE INDEX "audit_tenant_id_at_idx" ON "audit"("tenant_id", "at");

-- AddForeignKey
ALTER TABLE "template" ADD CONSTRAINT "template_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_tenant_id_list_id_fkey" FOREIGN KEY ("tenant_id", "list_id") REFERENCES "list"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_tenant_id_template_id_fkey" FOREIGN KEY ("tenant_id", "template_id") REFERENCES "template"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_lane" ADD CONSTRAINT "campaign_lane_tenant_id_campaign_id_fkey" FOREIGN KEY ("tenant_id", "campaign_id") REFERENCES "campaign"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_tenant_id_campaign_id_fkey" FOREIGN KEY ("tenant_id", "campaign_id") REFERENCES "campaign"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_event" ADD CONSTRAINT "delivery_event_tenant_id_delivery_id_fkey" FOREIGN KEY ("tenant_id", "delivery_id") REFERENCES "delivery"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list" ADD CONSTRAINT "list_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recipient" ADD CONSTRAINT "recipient_tenant_id_list_id_fkey" FOREIGN KEY ("tenant_id", "list_id") REFERENCES "list"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_tenant_id_list_id_fkey" FOREIGN KEY ("tenant_id", "list_id") REFERENCES "list"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_tenant_id_import_id_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "list_import"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_refusal" ADD CONSTRAINT "import_refusal_tenant_id_import_id_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "list_import"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sender_domain" ADD CONSTRAINT "sender_domain_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma does not know: storage, checks, roles, row-level security, partitions.

-- Room on each page, so that the fence and the settle of a row stay on it (HOT).
ALTER TABLE "delivery" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "lane" SET (fillfactor = 50);
ALTER TABLE "campaign" SET (fillfactor = 70);

ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email_lower" CHECK (email = lower(email));
ALTER TABLE "sender_domain" ADD CONSTRAINT "sender_domain_lower" CHECK (domain = lower(domain));
ALTER TABLE "recipient" ADD CONSTRAINT "recipient_email_line" CHECK (email !~ '[\x01-\x20]');
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_email_line" CHECK (email !~ '[\x01-\x20]');

-- Roles. They own nothing; passwords and LOGIN are given by the migration runner, per installation.
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['hikyaku_app', 'hikyaku_auth', 'hikyaku_staff', 'hikyaku_worker'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', r);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- roles belong to the cluster: another database has just made it
    END;
  END LOOP;
END $$;

-- After SET LOCAL the setting is '' and not NULL, hence NULLIF.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT NULLIF(current_setting('app.tenant', true), '')::uuid $$;

-- Every table that carries a tenant: the tenant sees its own rows, staff and worker see all of them.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['membership', 'sender_domain', 'list', 'recipient', 'list_import', 'import_chunk', 'import_refusal',
                           'suppression', 'template', 'campaign', 'campaign_lane', 'delivery', 'delivery_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I TO hikyaku_app USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
    EXECUTE format('CREATE POLICY every_tenant ON %I TO hikyaku_staff, hikyaku_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON "tenant" TO hikyaku_app USING (id = current_tenant()) WITH CHECK (id = current_tenant());
CREATE POLICY every_tenant ON "tenant" TO hikyaku_staff, hikyaku_worker, hikyaku_auth USING (true) WITH CHECK (true);

ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON "audit" TO hikyaku_app USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant() AND NOT is_staff);
CREATE POLICY every_tenant ON "audit" TO hikyaku_staff, hikyaku_worker, hikyaku_auth USING (true) WITH CHECK (true);

-- Signing in happens before a tenant is known: its role sees people and memberships, and nothing else.
CREATE POLICY before_tenant ON "membership" TO hikyaku_auth USING (true) WITH CHECK (true);
ALTER TABLE "app_user" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY colleagues ON "app_user" TO hikyaku_app
  USING (EXISTS (SELECT FROM membership m WHERE m.user_id = app_user.id AND m.tenant_id = current_tenant()));
CREATE POLICY every_person ON "app_user" TO hikyaku_auth, hikyaku_staff USING (true) WITH CHECK (true);
ALTER TABLE "one_time_link" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_link ON "one_time_link" TO hikyaku_auth, hikyaku_staff USING (true) WITH CHECK (true);

-- A cluster that was upgraded from 14 still lets everybody create in public.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Grants: as little as each plane needs. The log and the audit have neither UPDATE nor DELETE, for anyone.
GRANT USAGE ON SCHEMA public TO hikyaku_app, hikyaku_auth, hikyaku_staff, hikyaku_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO hikyaku_app, hikyaku_auth, hikyaku_staff, hikyaku_worker;

GRANT SELECT, UPDATE (name, zone, locale, is_cleaning_on, "window") ON "tenant" TO hikyaku_app;
GRANT SELECT (id, email, name, locale, is_staff, created_at, last_sign_in_at) ON "app_user" TO hikyaku_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "membership", "list", "recipient", "list_import", "import_chunk", "import_refusal", "template", "campaign" TO hikyaku_app;
GRANT SELECT, INSERT, UPDATE ON "suppression" TO hikyaku_app;
GRANT SELECT, UPDATE (state, state_at, category, next_attempt_at) ON "delivery" TO hikyaku_app;
GRANT SELECT ON "sender_domain", "delivery_event" TO hikyaku_app;
GRANT SELECT, UPDATE (next_due_at, done_at) ON "campaign_lane" TO hikyaku_app;
GRANT SELECT, INSERT ON "audit" TO hikyaku_app;

-- Sign-in makes people, but no staff.
GRANT SELECT, INSERT (email, name, locale, password_hash), UPDATE (name, locale, password_hash, session_version, last_sign_in_at)
  ON "app_user" TO hikyaku_auth;
GRANT SELECT, INSERT, UPDATE ON "one_time_link" TO hikyaku_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON "sign_in_throttle" TO hikyaku_auth;
GRANT SELECT ON "tenant", "membership" TO hikyaku_auth;
GRANT INSERT ON "audit" TO hikyaku_auth;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO hikyaku_staff;
GRANT INSERT, UPDATE ON "tenant", "app_user", "membership", "one_time_link", "sender_domain", "campaign", "suppression", "site_profile" TO hikyaku_staff;
GRANT UPDATE ON "delivery" TO hikyaku_staff;
GRANT DELETE ON "sender_domain", "membership" TO hikyaku_staff;
GRANT INSERT ON "audit" TO hikyaku_staff;

GRANT SELECT ON "tenant", "list", "recipient", "list_import", "import_chunk", "import_refusal", "suppression", "template", "campaign", "sender_domain",
  "delivery", "delivery_event", "lane", "campaign_lane", "site_event", "site_profile" TO hikyaku_worker;
GRANT INSERT, UPDATE, DELETE ON "recipient", "import_chunk", "import_refusal" TO hikyaku_worker;
GRANT UPDATE ON "tenant", "list", "list_import", "campaign" TO hikyaku_worker;
GRANT INSERT, UPDATE ON "suppression", "delivery", "lane", "campaign_lane", "site_profile" TO hikyaku_worker;
GRANT DELETE ON "list", "list_import" TO hikyaku_worker;
GRANT INSERT ON "delivery_event", "site_event", "audit" TO hikyaku_worker;

-- Months of the log are made ahead by the worker's timer; without a partition nothing could be logged, so nothing would be sent.
CREATE FUNCTION ensure_event_partitions(months_ahead int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE m date; part text; made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(72707371); -- several workers' timers may call at once
  FOR m IN SELECT generate_series(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month',
                                  date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => months_ahead), interval '1 month')::date LOOP
    part := 'delivery_event_' || to_char(m, 'YYYY_MM');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF delivery_event FOR VALUES FROM (%L) TO (%L)',
                     part, to_char(m, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(m + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
      -- Read through the parent and its policies only: a partition has no grant and no policy of its own.
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION ensure_event_partitions(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_event_partitions(int) TO hikyaku_worker;
SELECT ensure_event_partitions(3);
