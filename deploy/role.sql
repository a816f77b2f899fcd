-- The desk's own user: it owns its database, in which it makes its tables and those of DBOS.
\set password `cat "${PORTDESK_PASSWORD_FILE:-/run/secrets/portdesk_password}"`
CREATE ROLE portdesk LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE portdesk OWNER portdesk;
REVOKE ALL ON DATABASE portdesk FROM PUBLIC;
