CREATE SCHEMA rh;
CREATE TABLE rh.personne (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Nom d'usage" character varying(80) DEFAULT 'x'::character varying NOT NULL, tags text[] DEFAULT '{}'::text[], solde numeric(10,2) CHECK (solde > 0));
CREATE TABLE rh.salarie (salaire money, CONSTRAINT c CHECK (salaire IS NOT NULL)) INHERITS (rh.personne);
CREATE TABLE copie (LIKE rh.personne INCLUDING ALL, fait timestamp(3) with time zone);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE leurre (a int); END $$;
DO $$ BEGIN ALTER TABLE copie ADD COLUMN pays text; END $$;
ALTER TABLE ONLY copie RENAME COLUMN pays TO nation;
ALTER TABLE copie SET SCHEMA rh;
COMMENT ON COLUMN rh.copie.nation IS 'a; b';
