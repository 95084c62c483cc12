/** The host that the certificate names; it exists nowhere. */
export const CERTIFICATE_HOST = "hooks.example.test";

/** A self-signed certificate of the receivers in these tests, valid from 2020 to 2120; it protects nothing. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfDCCASKgAwIBAgIBATAKBggqhkjOPQQDAjAdMRswGQYDVQQDDBJob29rcy5l
eGFtcGxlLnRlc3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMB0x
GzAZBgNVBAMMEmhvb2tzLmV4YW1wbGUudGVzdDBZMBMGByqGSM49AgEGCCqGSM49
AwEHA0IABO7jCKR7YPpm3us/2biWJjVPkTNEUEdbaF9G4rnAmhQAaa1RqkAZEzVY
lYly0U1Vtlxu671xBcoaKrLnyx+oh++jUTBPMB0GA1UdEQQWMBSCEmhvb2tzLmV4
YW1wbGUudGVzdDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBQBB3hHNKrzliex
Ba+PuEcr9aHDNjAKBggqhkjOPQQDAgNIADBFAiEAxtakCWUOOD/2ttHzli87aviX
yijzI25mZ6yIueIwV8oCIE5KSCVvnsK0u8caNj3mw7DBfbMj0jg7upNCIpXvtIOq
-----END CERTIFICATE-----`;

/** Its key. */
export const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7BHhBy9+GawkSG4h
biTCEvWkz9NvKJ3moNeur6D3KvihRANCAATu4wike2D6Zt7rP9m4liY1T5EzRFBH
W2hfRuK5wJoUAGmtUapAGRM1WJWJctFNVbZcbuu9cQXKGiqy58sfqIfv
-----END PRIVATE KEY-----`;
