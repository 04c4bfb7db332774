-- When a recipient last accepted mail is noted to ten days: looking each one up after every message cost half of the rollup.
ALTER TABLE "delivery" ADD COLUMN "is_lately_good" BOOLEAN NOT NULL DEFAULT false;
