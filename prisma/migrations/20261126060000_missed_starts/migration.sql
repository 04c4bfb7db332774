-- A campaign whose start passed while no worker was up does not start by itself any more: somebody is asked first.
ALTER TABLE "campaign" ADD COLUMN "start_missed_at" TIMESTAMPTZ(3);
