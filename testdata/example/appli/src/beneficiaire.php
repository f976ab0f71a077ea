<?php
// Fiche d'un bénéficiaire, telle que l'affiche le planning.
class Beneficiaire
{
    public string $nom;
    public string $prenom;
    public string $telephonePortable;
    public bool $emailVerifie = false;
    public int $version = 1;
}
