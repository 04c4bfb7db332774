#!/bin/sh
# Runs once, when the volume is new: makes the role that owns the tables, and its database.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v password="$HIKYAKU_OWNER_PASSWORD" <<'SQL'
create role hikyaku_owner login createrole password :'password';
create database hikyaku owner hikyaku_owner encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0;
SQL
