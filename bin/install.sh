# Run by bin/activate-tinytorch.sh in a shell of its own: makes .venv and installs the project where needed, with what the demo needs; what the tests
# need is installed by `tito test`. Standard output is the line with which the user's shell activates .venv; what a person should read goes to standard error.
unset PYTHONHOME   # of another Python: no Python here would start with it
fail() { echo "❌ $1" >&2; exit 1; }
recent() { "$1" -c "import sys; sys.exit(sys.version_info < tuple(map(int, '$minimum'.split('.'))))" 2>/dev/null; }
made_here() { if [ -f "$venv/made-in" ]; then [ "$(cat "$venv/made-in")" = "$venv" ]; else grep -qF "$venv" "$venv/bin/activate"; fi; }
whole() { recent "$venv/bin/python" && "$venv/bin/python" -c 'import pip' 2>/dev/null && made_here; }
line() { while IFS= read -r text; do printf '\r\033[K%.78s' "$text" >&2; done; printf '\r\033[K' >&2; }   # a pipe's last line, rewritten in place
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
install() {   # the project, or where its path is odd what it needs and a line that says where it is; by uv where that is, and by pip where it is not or fails
    what="--editable ."; [ -n "$odd" ] && what="$(sed -n 's/^requirements *= *//p' settings.ini)"
    if ! { command -v uv >/dev/null 2>&1 && uv pip install --python "$venv/bin/python" $what 2>&1; }; then
        "$venv/bin/python" -m pip install $quiet --retries 2 --disable-pip-version-check $what || return 1
    fi
    [ -z "$odd" ] || odd_install
}
odd_install() {
    site="$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')"
    printf '%s\n' "$root" > "$site/tinytorch-clone.pth"
    printf '%s\n' '#!/bin/sh' 'exec "$(dirname -- "$0")/python" -c "import sys; from tinytorch.tito import main; sys.exit(main())" "$@"' > "$venv/bin/tito"
    chmod +x "$venv/bin/tito"
}

root="$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)" || fail "The project's folder cannot be entered: $0"
venv="$root/.venv" stamp="$root/.venv/tinytorch-installed"
want="$venv $(cat "$root/settings.ini" "$root/setup.py" | cksum)"
case "$venv" in *[\"\'\$\`\\]*) odd=yes;; *) odd=;; esac   # letters that the scripts of virtual environments do not survive
if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ] || ! [ -x "$venv/bin/tito" ] || ! "$venv/bin/python" -S -c '' 2>/dev/null; then
    rm -f "$stamp"
    minimum="$(sed -n 's/^min_python *= *//p' "$root/settings.ini")"
    if ! whole; then
        for python in python3 python3.13 python3.12 python3.11 python ''; do recent "$python" && break; done
        [ -n "$python" ] || fail "No Python $minimum or newer was found (python3 is: $(python3 --version 2>&1)). Install one from https://www.python.org/downloads/ and source this file again."
        "$python" -m venv --clear "$venv" >&2 || fail "$python -m venv failed, see above. On Debian or Ubuntu: sudo apt install python3-venv. Then source this file again."
        printf '%s' "$venv" > "$venv/made-in"
    fi
    echo "Installing TinyTorch with what the demo needs into $venv (once, about a minute) ..." >&2
    quiet=--quiet; [ -t 2 ] && quiet=
    { cd "$root" && install && printf '%s' "$want" > "$stamp"; } | { if [ -t 2 ]; then line; else cat >&2; fi; }
    [ -f "$stamp" ] || fail "The installation failed, the message is above. Is the network there? Source this file again to go on where it stopped."
fi
if [ -n "$odd" ]; then printf 'VIRTUAL_ENV=%s; export VIRTUAL_ENV; PATH="$VIRTUAL_ENV/bin:$PATH"; export PATH; unset PYTHONHOME\n' "$(quoted "$venv")"
else printf '. %s\n' "$(quoted "$venv/bin/activate")"; fi
