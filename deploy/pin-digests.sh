#!/usr/bin/env bash
# Pins the images of the Dockerfiles and of docker-compose.prod.yml to the digests that their registry has for their tags now:
#   deploy/pin-digests.sh [FOLDER]
# It first fetches all digests and then writes them; if one cannot be fetched, it changes nothing and ends with 1. Run it again
# after a change of a tag, because a digest goes before its tag. REGISTRY is the address of a mirror.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
registry="${REGISTRY:-https://registry-1.docker.io}"
node_version=$(cat .nvmrc)

# digest_of REPOSITORY TAG: prints the digest of the index of all platforms.
digest_of() {
  local repository=$1 tag=$2 headers challenge realm token
  [[ $repository == */* ]] || repository="library/$repository"
  local url="$registry/v2/$repository/manifests/$tag"
  local accept='Accept: application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json'
  headers=$(curl -sSI --max-time 30 -H "$accept" "$url") || return 1
  challenge=$(grep -i '^www-authenticate: bearer' <<<"$headers" | tr -d '\r' || true)
  if [ -n "$challenge" ]; then
    realm=$(sed -E 's/.*realm="([^"]*)".*/\1/' <<<"$challenge")
    service=$(sed -E 's/.*service="([^"]*)".*/\1/' <<<"$challenge")
    token=$(curl -sS --fail --max-time 30 "$realm?service=$service&scope=repository:$repository:pull" |
      node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).token') || return 1
    headers=$(curl -sSI --fail --max-time 30 -H "$accept" -H "Authorization: Bearer $token" "$url") || return 1
  fi
  grep -i '^docker-content-digest:' <<<"$headers" | grep -oE 'sha256:[0-9a-f]{64}'
}

files=(Dockerfile.* docker-compose.prod.yml)
# Names with their tags, such as node:${NODE_VERSION}-bookworm-slim, without digests.
images=$(sed -nE 's/^(FROM|    image:( &[a-z-]+)?) ([a-z0-9/-]+:[^@ ]+).*/\3/p' "${files[@]}" | sort -u)
edits=()
for image in $images; do
  tag="${image#*:}"
  tag="${tag//'${NODE_VERSION}'/$node_version}"
  digest=$(digest_of "${image%%:*}" "$tag") || {
    echo "No digest of ${image%%:*}:$tag could be fetched from $registry; nothing is changed" >&2
    exit 1
  }
  pattern=$(sed 's/[.${}]/\\&/g' <<<"$image")
  edits+=(-e "s#(FROM|image:( &[a-z-]+)?) $pattern(@sha256:[0-9a-f]+)?( |\$)#\\1 $image@$digest\\4#")
  echo "${image%%:*}:$tag@$digest"
done
sed -Ei "${edits[@]}" "${files[@]}"
