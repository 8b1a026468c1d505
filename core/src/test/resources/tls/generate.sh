#!/bin/sh
# Makes the test certificates and keys of this folder anew, valid from 2020 for a hundred years. Needs OpenSSL 3.
set -eu
cd "$(dirname "$0")"
mkdir work && trap 'rm -rf work' EXIT
sign() { # name common-name extensions first-day last-day key issuer-certificate-or-none issuer-key
  : > work/index; openssl rand -hex 8 > work/serial; printf '%s\n' "$3" > work/extensions
  printf '[ca]\ndefault_ca=c\n[c]\ndatabase=work/index\nserial=work/serial\npolicy=p\n[p]\ncommonName=supplied\n' > work/config
  openssl req -new -key "$6" -subj "/CN=$2" -out work/request
  issuer="-selfsign"; [ "$7" = none ] || issuer="-cert $7"
  openssl ca -batch -config work/config $issuer -keyfile "$8" -in work/request -startdate "$4" -enddate "$5" -extfile work/extensions \
    -notext -outdir work -md sha256 -out "$1.crt" 2>/dev/null
}
first=20200101000000Z last=21200101000000Z
authority() { # name common-name
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  sign "$1" "$2" "$(printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign')" $first $last "$1.key" none "$1.key"
}
issue() { # name common-name alternative-names issuer key last-day
  sign "$1" "$2" "$(printf 'basicConstraints=CA:FALSE\nsubjectAltName=%s' "$3")" $first "$6" "$5" "$4.crt" "$4.key"
}
authority authority "Tocsin Test Authority"
authority stranger "Unknown Authority"
openssl ecparam -name prime256v1 -genkey -out server.sec1.key # with "EC PARAMETERS" before the key
openssl ecparam -name prime256v1 -genkey -noout -out client.sec1.key
openssl genrsa -traditional -out rsa.pkcs1.key 2048
openssl genpkey -algorithm ed25519 -out ed25519.key
openssl pkcs8 -topk8 -nocrypt -in server.sec1.key -out server.key
openssl pkcs8 -topk8 -nocrypt -in client.sec1.key -out client.key
openssl pkcs8 -topk8 -nocrypt -in rsa.pkcs1.key -out rsa.key
openssl pkcs8 -topk8 -in server.sec1.key -passout pass:secret -out encrypted.key
openssl ec -in server.sec1.key -aes128 -passout pass:secret -out encrypted.sec1.key
issue server localhost "DNS:localhost,IP:127.0.0.1" authority server.key $last
issue other other.example "DNS:other.example" authority server.key $last
issue stranger-server localhost "DNS:localhost,IP:127.0.0.1" stranger server.key $last
issue expired localhost "DNS:localhost,IP:127.0.0.1" authority server.key 20200102000000Z
issue client client "DNS:client.example" authority client.key $last
issue rsa localhost "DNS:localhost" authority rsa.key $last
issue ed25519 localhost "DNS:localhost" authority ed25519.key $last
rm stranger.key
