-- Each row is written twice more: by its fence, and by its outcome. A statement fences all rows of a page at once, so half of
-- the page must be free for the new versions to stay on it (heap-only: no index is touched). At 70 every second fence wrote
-- into four indexes.
ALTER TABLE "delivery" SET (fillfactor = 50);
