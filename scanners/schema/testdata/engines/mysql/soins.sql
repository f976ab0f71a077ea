CREATE TABLE `patient` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `key` varchar(20) DEFAULT '(a, b)' COMMENT 'une, deux; trois',
  `etat` enum('a','b,c') NOT NULL DEFAULT 'a',
  `n` int,
  `total` decimal(8,2) GENERATED ALWAYS AS (`n` * 2) STORED,
  `le` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`), UNIQUE KEY `u` (`key`), KEY `etat` (`etat`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Dossiers';
CREATE TABLE copie LIKE patient;
ALTER TABLE copie ADD COLUMN (tel varchar(20), fax varchar(20)), DROP COLUMN etat, CHANGE `key` cle varchar(30), RENAME TO archive;
CREATE TABLE issue AS SELECT id, le AS depuis FROM patient;
