-- At every row of an audience cut it costs as much as an index, and cannot be broken without it: an audience is cut under the lock of
-- its campaign, which campaign_lane refers to from then on.
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_tenant_id_campaign_id_fkey";
