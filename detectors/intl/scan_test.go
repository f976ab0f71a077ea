package intl

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
)

func TestIBAN(t *testing.T)   { detectortest.Run(t, IBAN, "iban") }
func TestCard(t *testing.T)   { detectortest.Run(t, Card, "card") }
func TestEmail(t *testing.T)  { detectortest.Run(t, Email, "email") }
func TestIPv4(t *testing.T)   { detectortest.Run(t, IPv4, "ip") }
func TestIPv6(t *testing.T)   { detectortest.Run(t, IPv6, "ipv6") }
func TestPhone(t *testing.T)  { detectortest.Run(t, Phone, "phone") }
func TestMRZ(t *testing.T)    { detectortest.Run(t, MRZ, "mrz") }
func TestMAC(t *testing.T)    { detectortest.Run(t, MAC, "mac") }
func TestIMEI(t *testing.T)   { detectortest.Run(t, IMEI, "imei") }
func TestCookie(t *testing.T) { detectortest.Run(t, Cookie, "cookie") }
