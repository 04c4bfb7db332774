-- An automatic ANALYZE that comes while the first rows of a table are not committed yet counts pages and no rows. Until the
-- next one, a minute later at best, every plan over "delivery" takes it for empty and may go by any index: one fence then reads
-- the whole tenant. The worker owns no table, so a launch asks for new statistics here.
CREATE FUNCTION refresh_delivery_statistics(rows_at_least bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF (SELECT reltuples * 10 >= rows_at_least FROM pg_class WHERE oid = 'delivery'::regclass) THEN
    RETURN false;
  END IF;
  ANALYZE delivery;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION refresh_delivery_statistics(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_delivery_statistics(bigint) TO hikyaku_worker;
