-- Base de l'application de planification et de paie.
CREATE TABLE salarie (
  id INT PRIMARY KEY,
  nom VARCHAR(80) NOT NULL,
  prenom VARCHAR(80) NOT NULL,
  num_secu CHAR(15),            -- pour la déclaration sociale
  iban VARCHAR(34)
);
COMMENT ON TABLE salarie IS 'Intervenants salariés';

CREATE TABLE beneficiaire (
  id INT PRIMARY KEY,
  nom VARCHAR(80) NOT NULL,
  prenom VARCHAR(80) NOT NULL,
  date_naissance DATE,
  adresse VARCHAR(160),
  telephone VARCHAR(20),
  pathologie TEXT,              -- renseignée à l'évaluation, jamais déclarée
  email_verifie BOOLEAN
);

CREATE TABLE intervention (
  id INT PRIMARY KEY,
  beneficiaire_id INT REFERENCES beneficiaire(id),
  debut TIMESTAMP,
  duree_minutes INT,
  position INT                  -- rang dans la tournée
);

CREATE TABLE produit (
  id INT PRIMARY KEY,
  nom VARCHAR(80),
  adresse_stock VARCHAR(20),
  prix DECIMAL(8,2)
);
