#!/bin/sh
# Makes the secrets that the compose files name, once: what is there stays as it is.
set -eu
umask 077
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
for name in secret-key database-password database-root-password queue-password inference-token metrics-token; do
  [ -s "$folder/$name" ] && continue
  # 43 letters and digits: 256 bits, and nothing that a shell or an address would take apart.
  head -c 512 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 43 >"$folder/$name"
  echo "made $folder/$name"
done
# Containers read them as user 10001 (MariaDB and Redis as 999); the folder keeps others out.
chmod 700 "$folder"
chmod 444 "$folder"/*
