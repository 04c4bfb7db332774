-- CreateEnum
CREATE TYPE "stop_scope" AS ENUM ('everything', 'tenant', 'lane', 'destination');

-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "group_windows" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "group_windows" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "window" JSONB NOT NULL,
    "group_windows" JSONB NOT NULL DEFAULT '{}',
    "stopped" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destination_group" (
    "key" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "patterns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "position" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID,

    CONSTRAINT "destination_group_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "stop_switch" (
    "scope" "stop_scope" NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "stopped_by" UUID,
    "stopped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stop_switch_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "log_archive" (
    "partition" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "row_count" BIGINT NOT NULL,
    "file" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "exported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dropped_at" TIMESTAMPTZ(3),

    CONSTRAINT "log_archive_pkey" PRIMARY KEY ("partition")
);


-- What Prisma does not know.

ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK (id = 1);
ALTER TABLE "stop_switch" ADD CONSTRAINT "stop_switch_reason" CHECK (reason <> '');
ALTER TABLE "stop_switch" ADD CONSTRAINT "stop_switch_key" CHECK ((scope = 'everything') = (key = ''));
-- Nothing may be fenced while nobody can say what is stopped: the row is there from the first moment, and cannot be removed.
INSERT INTO "installation" ("window") VALUES ('{"days":[1,2,3,4,5,6,7],"start":"00:00","end":"24:00","zone":"Asia/Tokyo"}');

INSERT INTO "destination_group" ("key", "name_ja", "name_en", "position", "patterns") VALUES
  ('mobile', '携帯キャリア', 'Mobile carriers', 1, ARRAY[
    'docomo.ne.jp', 'mopera.net', 'ezweb.ne.jp', '*.ezweb.ne.jp', 'au.com', 'uqmobile.jp', 'softbank.ne.jp', 'i.softbank.jp',
    'vodafone.ne.jp', '*.vodafone.ne.jp', 'disney.ne.jp', 'ymobile.ne.jp', 'ymobile1.ne.jp', 'y-mobile.ne.jp', 'emnet.ne.jp',
    'willcom.com', 'wcm.ne.jp', 'pdx.ne.jp', '*.pdx.ne.jp', 'rakuten.jp', 'rakumail.jp']),
  ('free', 'フリーメール', 'Free mail', 2, ARRAY[
    'gmail.com', 'googlemail.com', 'yahoo.co.jp', 'ymail.ne.jp', 'yahoo.com', 'ymail.com', 'outlook.com', 'outlook.jp', 'hotmail.com',
    'hotmail.co.jp', 'live.com', 'live.jp', 'msn.com', 'icloud.com', 'me.com', 'mac.com', 'aol.com', 'aol.jp', 'excite.co.jp',
    'infoseek.jp', 'goo.jp', 'mail.goo.ne.jp', 'gmx.com', 'proton.me', 'protonmail.com']),
  ('other', 'その他', 'Other', 3, ARRAY[]::text[]);

-- The fence looks at one row that is always there: FOR SHARE on it waits for a stop under way and then sees what it wrote.
-- The lock comes first, and the next statement sees what another stop has committed meanwhile.
CREATE FUNCTION keep_stopped() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM 1 FROM installation FOR NO KEY UPDATE;
  UPDATE installation SET stopped = (SELECT coalesce(array_agg(scope || ':' || key ORDER BY scope, key), '{}') FROM stop_switch);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_stopped AFTER INSERT OR UPDATE OR DELETE ON "stop_switch" FOR EACH STATEMENT EXECUTE FUNCTION keep_stopped();

-- A tenant sees why its own sending is stopped, and never that another tenant's is.
ALTER TABLE "stop_switch" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON "stop_switch" FOR SELECT TO hikyaku_app USING (scope <> 'tenant' OR key = current_tenant()::text);
CREATE POLICY every_stop ON "stop_switch" TO hikyaku_staff, hikyaku_worker USING (true) WITH CHECK (true);

GRANT SELECT (id, "window", group_windows) ON "installation" TO hikyaku_app;
GRANT SELECT ON "destination_group" TO hikyaku_app, hikyaku_worker;
GRANT SELECT (scope, key, reason, stopped_at) ON "stop_switch" TO hikyaku_app;
-- So that a tenant's campaign can say that a site or a lane in which it has people is stopped.
GRANT SELECT (id, site) ON "lane" TO hikyaku_app;
GRANT UPDATE (group_windows) ON "tenant" TO hikyaku_app;

GRANT SELECT ON "installation", "destination_group", "stop_switch", "log_archive" TO hikyaku_staff;
GRANT UPDATE ("window", group_windows, stopped, updated_at, updated_by) ON "installation" TO hikyaku_staff;
GRANT INSERT, UPDATE, DELETE ON "destination_group" TO hikyaku_staff;
GRANT INSERT, DELETE ON "stop_switch" TO hikyaku_staff;
GRANT UPDATE (next_due_at) ON "campaign_lane" TO hikyaku_staff;

-- FOR SHARE asks for the right to update a column: id, which has one value only.
GRANT SELECT, UPDATE (id) ON "installation" TO hikyaku_worker;
GRANT SELECT ON "stop_switch" TO hikyaku_worker;
GRANT SELECT, INSERT, UPDATE ON "log_archive" TO hikyaku_worker;

-- Drops a month of the log, and refuses unless it lies behind the retention, was exported, and still holds what was exported.
CREATE FUNCTION drop_archived_month(part text, retention_months int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET lock_timeout = '3s'
AS $$
DECLARE archived log_archive%ROWTYPE; until_at timestamptz; found_rows bigint;
BEGIN
  IF retention_months IS NULL OR retention_months < 1 THEN
    RAISE EXCEPTION 'The log is kept for one month at least.' USING ERRCODE = 'HK001';
  END IF;
  IF part !~ '^delivery_event_[0-9]{4}_[0-9]{2}$'
     OR NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(part) AND inhparent = 'delivery_event'::regclass) THEN
    RAISE EXCEPTION '% is not a month of the log.', part USING ERRCODE = 'HK002';
  END IF;
  until_at := (to_date(right(part, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC';
  IF until_at > (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => retention_months)) AT TIME ZONE 'UTC' THEN
    RAISE EXCEPTION '% lies within the retention of % months.', part, retention_months USING ERRCODE = 'HK003';
  END IF;
  SELECT * INTO archived FROM log_archive WHERE partition = part AND dropped_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% was not exported.', part USING ERRCODE = 'HK004';
  END IF;
  -- The owner is held by the policies as everybody is, and has none: for this month, which goes, that is lifted.
  EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', part);
  EXECUTE format('SELECT count(*) FROM %I', part) INTO found_rows;
  IF found_rows <> archived.row_count THEN
    RAISE EXCEPTION '% holds % rows, and % were exported.', part, found_rows, archived.row_count USING ERRCODE = 'HK005';
  END IF;
  EXECUTE format('ALTER TABLE delivery_event DETACH PARTITION %I', part);
  EXECUTE format('DROP TABLE %I', part);
  UPDATE log_archive SET dropped_at = now() WHERE partition = part;
  RETURN found_rows;
END $$;
REVOKE ALL ON FUNCTION drop_archived_month(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_archived_month(text, int) TO hikyaku_worker;
