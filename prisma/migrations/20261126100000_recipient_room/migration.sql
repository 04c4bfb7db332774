-- After a campaign each person's row is written once more (last_accepted_at), page by page: with half of the page free the new
-- versions stay on it, and no index is touched.
ALTER TABLE "recipient" SET (fillfactor = 50);
