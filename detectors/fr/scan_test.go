package fr

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
)

func TestNIR(t *testing.T)      { detectortest.Run(t, NIR, "nir") }
func TestNIR13(t *testing.T)    { detectortest.Run(t, NIR13, "nir13") }
func TestSIRET(t *testing.T)    { detectortest.Run(t, SIRET, "siret") }
func TestSIREN(t *testing.T)    { detectortest.Run(t, SIREN, "siren") }
func TestTVA(t *testing.T)      { detectortest.Run(t, TVA, "tva") }
func TestSPI(t *testing.T)      { detectortest.Run(t, SPI, "spi") }
func TestRIB(t *testing.T)      { detectortest.Run(t, RIB, "rib") }
func TestPlateSIV(t *testing.T) { detectortest.Run(t, PlateSIV, "plate") }
func TestRPPS(t *testing.T)     { detectortest.Run(t, RPPS, "rpps") }
func TestINE(t *testing.T)      { detectortest.Run(t, INE, "ine") }
func TestCNI(t *testing.T)      { detectortest.Run(t, CNI, "cni") }
func TestCCAM(t *testing.T)     { detectortest.Run(t, CCAM, "ccam") }

func TestAddress(t *testing.T)    { detectortest.Run(t, Address, "address") }
func TestPostcode(t *testing.T)   { detectortest.Run(t, Postcode, "postcode") }
func TestBirthDate(t *testing.T)  { detectortest.Run(t, BirthDate, "birth_date") }
func TestBirthPlace(t *testing.T) { detectortest.Run(t, BirthPlace, "birth_place") }
func TestPhone(t *testing.T)      { detectortest.Run(t, Phone, "phone") }
