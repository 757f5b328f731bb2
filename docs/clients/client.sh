#!/bin/sh
# Whom a convention binds on a day, asked with curl: sh client.sh [ADDRESS [CONVENTION [DAY]]]
set -eu

address=${1:-http://127.0.0.1:8017/graphql}
convention=${2:-ccm}
day=${3:-2017-09-06}

query='query ($convention: ID!, $day: Date) { convention(id: $convention, asAt: $day) {
  name status { bound inForce } participants(standing: PENDING) { nodes { state { name } inForceFrom } } } }'

# --get puts the parts into the address; what is asked so can be kept by any cache on the way.
answer=$(curl --silent --show-error --get "$address" \
  --header 'accept: application/graphql-response+json' \
  --data-urlencode "query=$query" \
  --data-urlencode "variables={\"convention\":\"$convention\",\"day\":\"$day\"}")

printf '%s\n' "$answer"
case $answer in *'"errors":'*) exit 1 ;; esac
