# Source me, from bash or zsh: source bin/activate-tinytorch.sh
# Makes .venv and installs the project where needed, then activates it. Never ends your shell.
_tinytorch_activate() {
    local source_file root python stamp want
    source_file="$1"
    root="$(cd "$(dirname "$source_file")/.." && pwd)" || return 1
    stamp="$root/.venv/tinytorch-installed"
    want="$(cat "$root/settings.ini" "$root/setup.py" | cksum)"
    if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$want" ]; then
        for python in python3 python3.13 python3.12 python3.11 python; do
            "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
            python=""
        done
        if [ -z "$python" ]; then
            echo "❌ No Python 3.11 or newer was found (python3 is: $(python3 --version 2>&1)). Install one from https://www.python.org/downloads/ and source this file again." >&2
            return 1
        fi
        echo "Installing TinyTorch into $root/.venv (once, a minute or two) ..."
        "$python" -m venv "$root/.venv" || { echo "❌ python -m venv failed. On Debian or Ubuntu: sudo apt install python3-venv" >&2; return 1; }
        "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check -e "${root}[dev]" || {
            echo "❌ The installation failed (pip's message is above). Is the network there? Source this file again to go on." >&2; return 1; }
        printf '%s' "$want" > "$stamp"
    fi
    . "$root/.venv/bin/activate"
}
if [ -n "${ZSH_VERSION:-}" ]; then eval '_tinytorch_activate "${(%):-%x}"'; else _tinytorch_activate "${BASH_SOURCE[0]}"; fi
