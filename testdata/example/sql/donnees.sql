-- Extrait d'un export de la base.
INSERT INTO salarie (id, nom, prenom, num_secu, iban) VALUES
  (1, 'Vauclair', 'Odette', '158019930111055', 'FR7699990001000440000000088'),
  (2, 'Brizoule', 'Karim', '261029930211731', 'FR7699991001010440000791989'),
  (3, 'Tessandier', 'Maud', '164039930312410', 'FR7699992001020440001583890'),
  (4, 'Ormellec', 'Yann', '267049930413183', 'FR7699993001030440002375791'),
  (5, 'Capdelierre', 'Inaya', '170059930513862', 'FR7699994001040440003167692'),
  (6, 'Fontgrive', 'Lucien', '273069930614538', 'FR7699990001050440003959553');

INSERT INTO produit (id, nom, adresse_stock, prix) VALUES
  (1, 'Gants à usage unique', 'A12-04', 8.90),
  (2, 'Barre d''appui', 'B03-11', 24.50);
