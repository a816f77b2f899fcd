#!/bin/sh
# Writes the digests of the images that compose.yml takes to .env beside it: what is tried once is
# what runs from then on. Run it again to take newer ones; keep the file with your configuration.
set -eu
cd "$(dirname "$0")"
pin() {
    docker pull --quiet "$2" >/dev/null
    echo "$1=$(docker image inspect --format '{{index .RepoDigests 0}}' "$2")"
}
{
    pin POSTGRES_IMAGE postgres:17-alpine
    pin NGINX_IMAGE nginx:1.28-alpine
    pin PYTHON_IMAGE python:3.11-slim
} >.env.new
mv .env.new .env
cat .env
