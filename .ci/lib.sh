# What every script here shares: where things are, and how a missing piece is named.
# Sourced, never run. Needs nothing but bash.

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/nanawari"
TOOLS="$CACHE/tools"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
export NANAWARI_SITE_DIR="$CARGO_TARGET_DIR/site"
mkdir -p "$CACHE" "$TOOLS" "$CARGO_TARGET_DIR"

[ -d "$HOME/.cargo/bin" ] && export PATH="$HOME/.cargo/bin:$PATH"

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

# The sentence a person can act on: what is missing, and the command that brings it.
missing() {
  printf '\nMissing: %s\nInstall it with:\n    %s\n\n' "$1" "$2" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# present COMMAND-OR-GLOB
present() { have "$1" || compgen -G "$1" >/dev/null; }

# apt_install COMMAND-OR-GLOB PACKAGE… : installs the packages unless the command is there already.
apt_install() {
  local wanted=$1
  shift
  present "$wanted" && return 0
  local command="apt-get install -y --no-install-recommends $*"
  have apt-get || missing "$wanted" "the package manager of this system (Debian calls the packages: $*)"
  if [ "$(id -u)" = 0 ]; then
    say "Installing $*"
    [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 -print -quit 2>/dev/null)" ] || apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $command -qq >"$CACHE/apt.log" 2>&1 || missing "$wanted (see $CACHE/apt.log)" "$command"
  elif have sudo && sudo -n true 2>/dev/null; then
    say "Installing $* (sudo)"
    sudo -n apt-get update -qq && sudo -n env DEBIAN_FRONTEND=noninteractive $command -qq >"$CACHE/apt.log" 2>&1 ||
      missing "$wanted (see $CACHE/apt.log)" "sudo $command"
  else
    missing "$wanted" "sudo $command"
  fi
  present "$wanted" || missing "$wanted" "$command"
}

# The version of one crate in Cargo.lock: the tools follow the library, never the other way round.
locked_version() {
  awk -v name="$1" '$1 == "name" { found = ($3 == "\"" name "\"") } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"
}

# npm_install FOLDER : the exact packages of its lock file, again only when the lock file changed.
npm_install() {
  local folder=$1 stamp
  stamp="$folder/node_modules/.installed-$(sha256sum "$folder/package-lock.json" | cut -c1-16)"
  [ -e "$stamp" ] && return 0
  say "Installing npm packages of ${folder#"$ROOT"/}"
  (cd "$folder" && npm ci --no-fund --no-audit --loglevel=error) >&2 || missing "npm packages of $folder" "(cd $folder && npm ci)"
  touch "$stamp"
}

# cargo_tool NAME VERSION BINARY : installs a crate's program into the cache and prints the program's path.
cargo_tool() {
  local name=$1 version=$2 binary=$3 folder="$TOOLS/$1-$2"
  if [ ! -x "$folder/bin/$binary" ]; then
    if have "$binary" && "$binary" --version | grep -qF "$version"; then
      command -v "$binary"
      return 0
    fi
    say "Compiling $name $version (once, some minutes)"
    # A mirror may lack a version that the tool's own lock file names; the newest compatible ones do as well.
    CARGO_TARGET_DIR="$CACHE/build-tools" cargo install --quiet --root "$folder" --locked "$name" --version "$version" >&2 ||
      CARGO_TARGET_DIR="$CACHE/build-tools" cargo install --quiet --root "$folder" "$name" --version "$version" >&2 ||
      missing "$name $version" "cargo install --root $folder $name --version $version"
  fi
  printf '%s\n' "$folder/bin/$binary"
}
