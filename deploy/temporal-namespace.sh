#!/bin/sh
# The namespace that jobs run in, with the histories of a week; one that exists is left as it is.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 168h
