-- What somebody with the application's own connection to PostgreSQL might try; test_kantaroolit.py runs each block as
-- one transaction. Each would change what is to stay, or make the way to it. {suljettu} and {vieras} are closed jaksot of
-- two kunnat, {avoin} an open one; {kirjaus} lies in the closed one, {luonnos} in the open one, {toimenpide} in neither.

-- === History

-- history changed
UPDATE seuranta_historicalkirjaus SET kommentti = 'x';

-- history deleted
DELETE FROM seuranta_historicalkirjaus;

-- history deleted by another table
DELETE FROM seuranta_historicalkirjaus h USING seuranta_kirjaus k WHERE h.id = k.id;

-- history changed by another table
UPDATE seuranta_historicalkirjaus h SET kommentti = k.kommentti || 'x' FROM seuranta_kirjaus k WHERE h.id = k.id;

-- history truncated
TRUNCATE seuranta_historicalkirjaus;

-- history truncated with all
TRUNCATE strategia_kunta CASCADE;

-- history replaced on conflict
INSERT INTO seuranta_historicalkirjaus SELECT * FROM seuranta_historicalkirjaus ON CONFLICT (history_id) DO UPDATE
    SET kommentti = 'x';

-- history merged
MERGE INTO seuranta_historicalkirjaus h USING seuranta_kirjaus k ON h.id = k.id WHEN MATCHED THEN DELETE;

-- history changed in a WITH
WITH x AS (UPDATE seuranta_historicalkirjaus SET kommentti = 'x' RETURNING 1) SELECT * FROM x;

-- history's writer changed
UPDATE seuranta_historicalkirjaus SET history_user_id = NULL;

-- history locked to change
SELECT * FROM seuranta_historicalkirjaus FOR UPDATE;

-- history under a taken number
INSERT INTO seuranta_historicalkirjaus SELECT * FROM seuranta_historicalkirjaus LIMIT 1;

-- history of a plan
UPDATE strategia_historicaltoimenpide SET nimi = 'x';

-- history of a jakso
DELETE FROM seuranta_historicalseurantajakso;

-- history's people
UPDATE strategia_historicaltoimenpide SET vastuussa = '[]';

-- history in a DO block
DO $$ BEGIN EXECUTE 'DELETE FROM seuranta_historicalkirjaus'; END $$;

-- history prepared
PREPARE p AS DELETE FROM seuranta_historicalkirjaus;
EXECUTE p;

-- history by a cursor
DECLARE c CURSOR FOR SELECT * FROM seuranta_historicalkirjaus FOR UPDATE;
FETCH c;
DELETE FROM seuranta_historicalkirjaus WHERE CURRENT OF c;

-- audit changed
UPDATE strategia_tapahtuma SET laji = 'x';

-- audit's doer changed
UPDATE strategia_tapahtuma SET kuka_id = NULL, rooli = '';

-- audit deleted
DELETE FROM strategia_tapahtuma;

-- audit of long ago deleted
DELETE FROM strategia_tapahtuma WHERE milloin < now() - interval '10 years';

-- audit truncated
TRUNCATE strategia_tapahtuma;

-- audit replaced on conflict
INSERT INTO strategia_tapahtuma SELECT * FROM strategia_tapahtuma ON CONFLICT (id) DO UPDATE SET mihin = 'x';

-- audit merged
MERGE INTO strategia_tapahtuma t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE;

-- audit's trigger disabled
ALTER TABLE strategia_tapahtuma DISABLE TRIGGER tapahtuma_write;

-- owner's function of the audit replaced
CREATE OR REPLACE FUNCTION siivoa_tapahtumat() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

-- === What is frozen, and the log of migrations

-- version changed
UPDATE raportit_raporttiversio SET data = '{}';

-- version's maker changed
UPDATE raportit_raporttiversio SET tekijan_nimi = 'x';

-- version renumbered
UPDATE raportit_raporttiversio SET numero = numero + 1;

-- version given away
UPDATE raportit_raporttiversio SET kunta_id = kunta_id + 1, jakso_id = {avoin};

-- version deleted
DELETE FROM raportit_raporttiversio;

-- version truncated
TRUNCATE raportit_raporttiversio CASCADE;

-- version replaced on conflict
INSERT INTO raportit_raporttiversio SELECT * FROM raportit_raporttiversio ON CONFLICT (id) DO UPDATE SET data = '';

-- version merged
MERGE INTO raportit_raporttiversio v USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET sha256 = '';

-- version's address changed
UPDATE raportit_raporttiversio SET tunnus = gen_random_uuid();

-- what a frozen id is changed
UPDATE raportit_jaadytettytunnus SET tunnus = gen_random_uuid();

-- what a frozen id is deleted
DELETE FROM raportit_jaadytettytunnus;

-- inner file changed
UPDATE raportit_tallenne SET sha256 = '';

-- inner file deleted
DELETE FROM raportit_tallenne;

-- public file changed
UPDATE raportit_julkinentallenne SET sha256 = '';

-- public file deleted
DELETE FROM raportit_julkinentallenne;

-- act of publishing changed
UPDATE raportit_julkaisu SET tekijan_nimi = 'x';

-- act of publishing deleted
DELETE FROM raportit_julkaisu;

-- another's name beside a version by the owner's function
UPDATE strategia_kayttaja SET is_active = false, email = 'x@tunnus.invalid', nimi = 'Joku Muu' WHERE id = {kaisa};
SELECT nimi_rooliksi({kaisa});

-- name taken from who has not left
SELECT nimi_rooliksi({kaisa});

-- migrations told otherwise
INSERT INTO django_migrations (app, name, applied) VALUES ('seuranta', '9999', now());

-- migrations forgotten
DELETE FROM django_migrations WHERE app = 'seuranta';

-- === A closed jakso

-- jakso opened
UPDATE seuranta_seurantajakso SET tila = 'avoinna' WHERE id = {suljettu};

-- all jaksot opened
UPDATE seuranta_seurantajakso SET tila = 'viimeistelyssa' WHERE tila = 'suljettu';

-- jakso opened on conflict
INSERT INTO seuranta_seurantajakso SELECT * FROM seuranta_seurantajakso WHERE id = {suljettu} ON CONFLICT (id) DO
    UPDATE SET tila = 'avoinna';

-- jakso opened by MERGE
MERGE INTO seuranta_seurantajakso j USING (SELECT 1) s ON j.id = {suljettu} WHEN MATCHED THEN UPDATE SET tila =
    'avoinna';

-- jakso deleted
DELETE FROM seuranta_seurantajakso WHERE id = {suljettu};

-- jakso made anew under its id
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM seuranta_seurantajakso WHERE id = {suljettu};
INSERT INTO seuranta_seurantajakso SELECT * FROM seuranta_seurantajakso WHERE id = {suljettu};

-- jakso moved from under its rows
UPDATE seuranta_seurantajakso SET id = id + 100000 WHERE id = {suljettu};
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- jakso given to another kunta
UPDATE seuranta_seurantajakso SET kunta_id = (SELECT kunta_id FROM seuranta_seurantajakso WHERE id = {vieras}) WHERE
    id = {suljettu};

-- jakso opened without a reason
SELECT avaa_jakso({suljettu}, {kaisa}, ' ', '', '', '', '');

-- jakso opened by nobody
SELECT avaa_jakso({suljettu}, NULL, 'syy', '', '', '', '');

-- jakso of another kunta opened
SELECT avaa_jakso({vieras}, {kaisa}, 'syy', '', '', '', '');

-- closed row changed
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- closed row deleted
DELETE FROM seuranta_kirjaus WHERE id = {kirjaus};

-- closed row deleted by another table
DELETE FROM seuranta_kirjaus k USING seuranta_seurantajakso j WHERE j.id = k.jakso_id AND j.tila = 'suljettu';

-- closed row moved out
UPDATE seuranta_kirjaus SET jakso_id = {avoin} WHERE id = {kirjaus};

-- open row moved in
UPDATE seuranta_kirjaus SET jakso_id = {suljettu} WHERE id = {luonnos};

-- open row moved into another kunta's
UPDATE seuranta_kirjaus SET jakso_id = {vieras} WHERE id = {luonnos};

-- row written into it
INSERT INTO seuranta_kirjaus (kunta_id, jakso_id, toimenpide_id, tila, kommentti, sisainen_huomio, syy, versio)
    SELECT kunta_id, {suljettu}, {toimenpide}, 'luonnos', 'x', '', '', 1 FROM seuranta_kirjaus WHERE id = {kirjaus};

-- row copied into it
COPY seuranta_historicalkirjaus FROM PROGRAM 'cat';

-- closed row merged
MERGE INTO seuranta_kirjaus k USING (SELECT 1) s ON k.id = {kirjaus} WHEN MATCHED THEN UPDATE SET kommentti = 'x';

-- closed row prepared while open
PREPARE q AS UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = $1;
EXECUTE q({kirjaus});

-- checks put off
SET CONSTRAINTS ALL DEFERRED;
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- all rows truncated
TRUNCATE seuranta_kirjaus CASCADE;

-- unit's answer in it
INSERT INTO seuranta_rivikysymys (kunta_id, jakso_id, toimenpide_id, kirjoittaja_id, teksti, kirjoitettu, odottaa)
    SELECT kunta_id, {suljettu}, {toimenpide}, {kaisa}, 'x', now(), false FROM seuranta_seurantajakso WHERE id =
    {suljettu};

-- === Triggers and functions

-- trigger disabled
ALTER TABLE seuranta_kirjaus DISABLE TRIGGER kirjaus_suljettu;

-- all triggers disabled
ALTER TABLE seuranta_kirjaus DISABLE TRIGGER ALL;

-- trigger dropped
DROP TRIGGER kirjaus_suljettu ON seuranta_kirjaus;

-- trigger renamed
ALTER TRIGGER kirjaus_suljettu ON seuranta_kirjaus RENAME TO x;

-- trigger of its own
CREATE TRIGGER a BEFORE UPDATE ON seuranta_kirjaus FOR EACH ROW EXECUTE FUNCTION
    suppress_redundant_updates_trigger();

-- function dropped
DROP FUNCTION kirjaus_suljettu() CASCADE;

-- function replaced
CREATE OR REPLACE FUNCTION kirjaus_suljettu() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

-- function's search path changed
ALTER FUNCTION kirjaus_suljettu() RESET search_path;

-- owner's function replaced
CREATE OR REPLACE FUNCTION avaa_jakso(suljettu bigint, avaaja bigint, syy text, mista text,
    mihin text, pyynto text, osoite text) RETURNS void LANGUAGE sql AS 'SELECT';

-- owner's function given away
ALTER FUNCTION avaa_jakso OWNER TO CURRENT_USER;

-- owner's function for all
GRANT EXECUTE ON FUNCTION avaa_jakso TO PUBLIC;
ALTER FUNCTION avaa_jakso SECURITY INVOKER;

-- function of its own
CREATE FUNCTION pg_has_role(name, oid, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';

-- event trigger
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION kirjaus_suljettu();

-- rule
CREATE RULE r AS ON UPDATE TO seuranta_kirjaus DO INSTEAD NOTHING;

-- rule disabled
ALTER TABLE seuranta_kirjaus DISABLE RULE r;

-- replication role
SET session_replication_role = replica;
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- replication role in a transaction
SELECT set_config('session_replication_role', 'replica', true);
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- row security
ALTER TABLE seuranta_seurantajakso ENABLE ROW LEVEL SECURITY;

-- policy
CREATE POLICY p ON seuranta_seurantajakso USING (false);

-- constraint dropped
ALTER TABLE seuranta_kirjaus DROP CONSTRAINT seuranta_kirjaus_pkey CASCADE;

-- === Objects of its own, in front of ours

-- temporary table in front
CREATE TEMPORARY TABLE seuranta_seurantajakso (id bigint, tila text);
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- temporary table by its schema
CREATE TABLE pg_temp.seuranta_seurantajakso (id bigint, tila text);
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- temporary table by SELECT INTO
SELECT 1 AS id, 'avoinna' AS tila INTO TEMPORARY seuranta_seurantajakso;

-- temporary view in front
CREATE TEMPORARY VIEW seuranta_seurantajakso AS SELECT 1 AS id, 'avoinna' AS tila;

-- temporary function
CREATE FUNCTION pg_temp.kirjaus_suljettu() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

-- temporary type
CREATE TYPE pg_temp.seuranta_seurantajakso AS (id bigint);

-- temporary sequence
CREATE TEMPORARY SEQUENCE s;

-- schema in front
CREATE SCHEMA varjo;
SET search_path = varjo, public;

-- schema of its own name
CREATE SCHEMA AUTHORIZATION CURRENT_USER;

-- search path
SET search_path = pg_temp, public;
UPDATE seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- empty search path
SET search_path = '';
UPDATE public.seuranta_kirjaus SET kommentti = 'x' WHERE id = {kirjaus};

-- table made
CREATE TABLE oma (id bigint);

-- table that inherits
CREATE TABLE lapsi () INHERITS (seuranta_seurantajakso);

-- table moved
ALTER TABLE seuranta_seurantajakso RENAME TO x;

-- column dropped
ALTER TABLE seuranta_seurantajakso DROP COLUMN tila;

-- column's default
ALTER TABLE seuranta_seurantajakso ALTER tila SET DEFAULT 'avoinna';

-- schema of the table
ALTER TABLE seuranta_seurantajakso SET SCHEMA pg_catalog;

-- schema renamed
ALTER SCHEMA public RENAME TO x;

-- view
CREATE VIEW ikkuna AS SELECT * FROM raportit_raporttiversio;
UPDATE ikkuna SET data = '';

-- materialized view
CREATE MATERIALIZED VIEW m AS SELECT * FROM raportit_raporttiversio;

-- operator
CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq);

-- cast
CREATE CAST (text AS bigint) WITHOUT FUNCTION;

-- index
CREATE INDEX i ON seuranta_kirjaus (kommentti);

-- table dropped
DROP TABLE seuranta_historicalkirjaus CASCADE;

-- database dropped
DROP OWNED BY CURRENT_USER;
DROP TABLE raportit_julkaisu;

-- extension
CREATE EXTENSION file_fdw;

-- language
CREATE LANGUAGE oma HANDLER plpgsql_call_handler;

-- foreign server
CREATE FOREIGN DATA WRAPPER w;

-- === Rights, roles, the server

-- role of the owner
SET ROLE {omistaja};
DELETE FROM raportit_julkaisu;

-- session of the owner
SET SESSION AUTHORIZATION {omistaja};

-- member of the owner
GRANT {omistaja} TO CURRENT_USER;

-- member of those who write all
GRANT pg_write_all_data TO CURRENT_USER;

-- superuser
ALTER ROLE CURRENT_USER SUPERUSER;

-- role that creates
CREATE ROLE uusi SUPERUSER LOGIN;

-- password of the owner
ALTER ROLE {omistaja} PASSWORD 'x';

-- settings of the owner
ALTER ROLE {omistaja} SET search_path = pg_temp;

-- settings of the database
ALTER DATABASE {kanta} SET search_path = pg_temp;

-- owner's table
ALTER TABLE raportit_julkaisu OWNER TO CURRENT_USER;

-- all reassigned
REASSIGN OWNED BY {omistaja} TO CURRENT_USER;

-- default privileges of the owner
ALTER DEFAULT PRIVILEGES FOR ROLE {omistaja} GRANT ALL ON TABLES TO PUBLIC;

-- sequence set back
SELECT setval(pg_get_serial_sequence('seuranta_historicalkirjaus', 'history_id'), 1);

-- sequence used up
SELECT nextval(pg_get_serial_sequence('seuranta_historicalkirjaus', 'history_id'));

-- sequence altered
ALTER SEQUENCE seuranta_historicalkirjaus_history_id_seq RESTART;

-- catalog written
UPDATE pg_class SET relowner = 0;

-- triggers off in the catalog
UPDATE pg_trigger SET tgenabled = 'D';

-- server's settings
ALTER SYSTEM SET session_replication_role = 'replica';

-- server's files read
SELECT pg_read_file('/etc/passwd');

-- server's files listed
SELECT pg_ls_dir('.');

-- server's file into a large object
SELECT lo_import('/etc/passwd');

-- large object to a file
SELECT lo_export(lo_create(0), '/tmp/x');

-- server's program
COPY seuranta_kirjaus TO PROGRAM 'cat';

-- server's file copied in
COPY raportit_julkaisu FROM '/etc/passwd';

-- table copied to a file
COPY raportit_julkaisu TO '/tmp/x';

-- other sessions
SELECT pg_reload_conf();

-- library
LOAD 'auto_explain';

-- publication
CREATE PUBLICATION p FOR ALL TABLES;

-- subscription
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p;

-- slot
SELECT pg_create_physical_replication_slot('x');

-- comment
COMMENT ON TABLE seuranta_kirjaus IS 'x';

-- statistics
CREATE STATISTICS st ON id, tila FROM seuranta_seurantajakso;

-- vacuum as another
CLUSTER seuranta_kirjaus USING seuranta_kirjaus_pkey;

-- === What PostgreSQL refuses by a warning only: nothing changes

-- rights given on
GRANT ALL ON raportit_julkaisu TO PUBLIC;

-- rights on all tables
GRANT ALL ON ALL TABLES IN SCHEMA public TO CURRENT_USER;

-- rights on the schema
GRANT CREATE ON SCHEMA public TO CURRENT_USER;

-- rights on the database
GRANT TEMPORARY ON DATABASE {kanta} TO PUBLIC;

-- rights taken from the owner
REVOKE ALL ON seuranta_kirjaus FROM {omistaja};
