package code

import (
	"slices"
	"testing"
)

// What the manifests of telephones ask for, and what they only speak of.
func TestPermissionsOfManifests(t *testing.T) {
	for _, c := range []struct {
		why, name, text string
		want            []string
	}{
		{"android", "app/src/main/AndroidManifest.xml", `<manifest>
<uses-permission android:name="android.permission.ACCESS_COARSE_LOCATION"/>
<uses-permission android:name="android.permission.CAMERA" android:required="false"/>
<uses-permission android:name="android.permission.RECORD_AUDIO"/>
<uses-permission android:name="android.permission.READ_CONTACTS"/>
<uses-permission android:name="android.permission.INTERNET"/>
</manifest>`, []string{"position_gps", "photo_visage", "enregistrement_voix", "telephone_contact"}},
		{"taken back, and in comments", "app/src/main/AndroidManifest.xml", `<manifest>
<uses-permission android:name="android.permission.READ_CONTACTS" tools:node="remove"/>
<uses-permission
    tools:node="remove"
    android:name="com.google.android.gms.permission.AD_ID"/>
<!-- <uses-permission android:name="android.permission.CAMERA"/> -->
<!--
<uses-permission android:name="android.permission.RECORD_AUDIO"/>
-->
</manifest>`, nil},
		{"a feature is no permission", "AndroidManifest.xml", `<uses-feature android:name="android.hardware.camera"/>`, nil},
		{
			"ios", "ios/Essai/Info.plist", "<dict><key>NSLocationWhenInUseUsageDescription</key><string>carte</string>\n<key>NSCameraUsageDescription</key><string>photo</string>\n<key>NSMicrophoneUsageDescription</key><string>voix</string>\n<key>NSContactsUsageDescription</key><string>amis</string></dict>",
			[]string{"position_gps", "photo_visage", "enregistrement_voix", "telephone_contact"},
		},
		{"a plist of another name", "ios/Essai-Info.plist", "<key>NSUserTrackingUsageDescription</key><string>x</string>", []string{"advertising_id"}},
		{"settings of Xcode", "ios/Essai.xcodeproj/project.pbxproj", "INFOPLIST_KEY_NSCameraUsageDescription = \"photo\";", []string{"photo_visage"}},
		{"entitlements", "ios/Essai.entitlements", "<key>com.apple.developer.healthkit</key><true/>", []string{"donnees_medicales"}},
		{"expo", "app.json", `{"expo": {"android": {"permissions": ["ACCESS_FINE_LOCATION"]}, "ios": {"infoPlist": {"NSContactsUsageDescription": "amis"}}}}`, []string{"position_gps", "telephone_contact"}},
		{"asked in code", "Appel.kt", "class A { val motDePasse = 1\n fun f() { requestPermissions(arrayOf(Manifest.permission.CAMERA), 1) } }", []string{"motDePasse", "photo_visage"}},
	} {
		var got []string
		for _, col := range readText(t, c.name, c.text).Columns {
			got = append(got, col.Name)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
