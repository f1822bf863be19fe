#!/bin/sh
# Print status changes as they come: sh examples/events_kcat.sh [BROKER [TOPIC]]
#
# One line a record: attributes of the event from the headers, then its data. Needs kcat; jq takes the data apart:
#   sh examples/events_kcat.sh | cut -f4 | jq -r '[.gone // .status, .claim.text] | @tsv'
exec kcat -b "${1:-127.0.0.1:9092}" -t "${2:-claims.status}" -C -u -q -o "${OFFSET:-beginning}" \
	-f '%p\t%o\t%h\t%s\n'
